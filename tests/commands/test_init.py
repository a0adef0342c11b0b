"""The guided beginning: asked is what the workbook does not show; nothing is replaced."""

import os
import pty
import select
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import xlsxwriter
from click.testing import Result

from sync.cli import init
from sync.config.load import load

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def talk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with somebody at the terminal who types these lines."""
    monkeypatch.setattr(init, "someone_there", lambda: True)

    def _talk(*words: str | Path, typed: tuple[str, ...]) -> Result:
        return run(*words, stdin="".join(f"{line}\n" for line in typed))

    return _talk


def written(folder: Path) -> dict[str, Any]:
    load(folder / "config.toml")
    return tomllib.loads((folder / "config.toml").read_text("utf-8"))


def test_enter_all_the_way_gives_what_nobody_is_asked_for(
    talk: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    result = talk("init", path.name, typed=("", "", "", ""))
    config = written(tmp_path)

    assert result.exit_code == 0
    assert "Which language" in result.stderr
    assert "Which sheets" not in result.stderr
    assert config["office"]["language"] == "en"
    assert config["mail"]["hr"] == []
    assert "smtp" not in config["mail"]


def test_the_answers_stand_in_the_file_and_no_password_does(
    talk: Run, write: Write, tmp_path: Path
) -> None:
    typed = ("zh", "hr@example.com", "smtp.exmail.qq.com", "hr@corp.cn", "file", "y")
    result = talk("init", write().name, typed=typed)
    config = written(tmp_path)

    assert config["office"]["language"] == "zh"
    assert config["mail"]["hr"] == ["hr@example.com"]
    assert config["mail"]["sender"] == "HR <hr@corp.cn>"
    assert config["mail"]["smtp"] == {
        "host": "smtp.exmail.qq.com",
        "security": "tls",
        "username": "hr@corp.cn",
        "password_file": "smtp-password",
    }
    assert "followup doctor" in result.stdout


def test_a_wrong_answer_is_asked_again(talk: Run, write: Write, tmp_path: Path) -> None:
    typed = ("fr", "en", "nobody", "hr@example.com", "", "y")
    result = talk("init", write().name, typed=typed)

    assert "not one e-mail address" in result.stderr
    assert written(tmp_path)["mail"]["hr"] == ["hr@example.com"]


def test_a_wrong_answer_is_told_in_chinese(talk: Run, write: Write) -> None:
    typed = ("fr", "zh", "nobody", "hr@example.com", "", "y")
    said = talk("--lang", "zh", "init", write().name, typed=typed).stderr

    assert "请写其中之一：zh, en" in said
    assert "这不是一个邮箱地址" in said
    assert "Error" not in said


def test_without_a_name_the_workbooks_of_the_folder_are_offered(
    talk: Run, write: Write, tmp_path: Path
) -> None:
    write(name="a.xlsx")
    write(name="b.xlsx")
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    result = talk("init", typed=("7", "2", "", "", "", ""))

    assert "1. a.xlsx" in result.stderr
    assert "~$a.xlsx" not in result.stderr
    assert "no such number" in result.stderr
    assert written(tmp_path)["source"][0]["path"] == "b.xlsx"


def test_where_two_sheets_hold_goals_the_person_decides(
    talk: Run, run: Run, sheet: list[list[Any]], tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as book:
        for name in ("Now", "Old"):
            tab = book.add_worksheet(name)
            for number, row in enumerate(sheet):
                tab.write_row(number, 0, [str(v) if v else v for v in row])
    result = talk("init", "two.xlsx", typed=("", "9", "1", "", "", ""))
    goals = run("status", "--json").stdout

    assert "numbers from 1 to 2" in result.stderr
    assert written(tmp_path)["source"][0]["table"][0]["kind"] == "other"
    assert '"sheet": "Now"' in goals
    assert '"sheet": "Old"' not in goals


def test_saying_no_writes_nothing(talk: Run, write: Write, tmp_path: Path) -> None:
    path = write()
    with pytest.raises(click.Abort):
        talk("init", path.name, typed=("", "", "", "n"))

    assert not (tmp_path / "config.toml").exists()


def test_a_configuration_that_is_there_is_never_replaced(
    talk: Run, write: Write, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[office]\n", "utf-8")
    result = talk("init", write().name, typed=("", "", "", ""))

    assert result.exit_code == 2
    assert config.read_text("utf-8") == "[office]\n"


def test_without_a_terminal_a_name_is_needed(run: Run) -> None:
    assert run("init").exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_it_talks_on_a_real_terminal(write: Write, tmp_path: Path) -> None:
    write()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.execv(sys.executable, [sys.executable, "-m", "sync", "init"])
    shown = b""
    answers = [b"1\n", b"zh\n", b"hr@example.com\n", b"\n", b"y\n"]
    asked = [b"URL", b"language", b"own letter", b"mail server", b"Write "]
    while True:
        ready, _, _ = select.select([terminal], [], [], 60)
        try:
            piece = os.read(terminal, 4096) if ready else b""
        except OSError:
            piece = b""  # Linux says so when the other side has gone
        if not piece:
            break
        shown += piece
        while asked and asked[0] in shown:
            shown = shown.partition(asked.pop(0))[2]
            os.write(terminal, answers.pop(0))
    _, status = os.waitpid(pid, 0)
    os.close(terminal)

    assert os.waitstatus_to_exitcode(status) == 0
    assert not asked
    assert written(tmp_path)["mail"]["hr"] == ["hr@example.com"]
    assert written(tmp_path)["office"]["language"] == "zh"
