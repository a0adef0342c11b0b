"""What is in order, what is not, and what is to be done."""

import json
import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from aiosmtpd.controller import Controller
from click.testing import Result

from sync.doctor import sources

Run = Callable[..., Result]
Write = Callable[..., Path]
Look = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def look(run: Run) -> Look:
    """Let the doctor look; give the checks of one area."""

    def _look(area: str, *words: str | Path) -> list[dict[str, Any]]:
        found = json.loads(run(*words, "doctor", "--json").stdout)["checks"]
        return [check for check in found if check["area"] == area]

    return _look


@pytest.fixture
def configured(tmp_path: Path, write: Write) -> Callable[[str], Path]:
    """Write a workbook and a configuration that names it."""

    def _configured(more: str = "") -> Path:
        path = write()
        config = tmp_path / "config.toml"
        config.write_text(f'[[source]]\npath = "goals.xlsx"\n{more}', "utf-8")
        return path

    return _configured


def levels(checks: list[dict[str, Any]]) -> list[str]:
    return [check["level"] for check in checks]


def test_all_is_well_with_an_ordinary_workbook(run: Run, write: Write) -> None:
    path = write()
    before = path.read_bytes()
    result = run("doctor", path, "--json")
    checks = json.loads(result.stdout)["checks"]

    assert result.exit_code == 0
    assert "problem" not in levels(checks)
    assert {check["area"] for check in checks} == {
        *("config", "source", "history", "disk", "clock", "secrets", "mail"),
        "schedule",
    }
    assert path.read_bytes() == before
    assert {one.name for one in path.parent.iterdir()} == {"goals.xlsx"}


def test_every_problem_comes_with_its_fix_in_both_languages(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(
        '[[source]]\npath = "gone.xlsx"\n[office]\ntime_zone = "Mars/Base"\n', "utf-8"
    )
    english = run("doctor")
    chinese = run("--lang", "zh", "doctor")

    assert english.exit_code == chinese.exit_code == 1
    assert "there is no such file" in english.stdout
    assert "fix: check the path" in english.stdout
    assert "Mars/Base" in chinese.stdout
    assert "改法：写 IANA 时区名" in chinese.stdout


def test_a_workbook_that_somebody_has_open_is_a_warning(
    look: Look, configured: Callable[[str], Path]
) -> None:
    path = configured("")
    path.with_name("~$goals.xlsx").write_bytes(b"")
    (_, check) = look("source")

    assert check["level"] == "warning"
    assert "open" in check["what"]


def test_a_workbook_without_goals_is_a_problem(
    look: Look, configured: Callable[[str], Path], write: Write
) -> None:
    configured("")
    write([["Colour", "Size"], ["red", 3]])
    (check, *_) = look("source")

    assert check["level"] == "problem"
    assert "followup columns" in check["fix"]


def test_sheets_beside_the_goals_are_named_with_what_they_were_taken_for(
    look: Look, configured: Callable[[str], Path]
) -> None:
    path = configured("")
    book = openpyxl.load_workbook(path)
    tab = book.create_sheet("Away in 2026")
    tab.append(["Employee", "Leave type", "From", "To"])
    tab.append(["Ann Lee", "Annual leave", "2026-08-03", "2026-08-07"])
    tab.append(["Bob Ray", "Annual leave", "2026-08-10", "2026-08-14"])
    book.save(path)
    book.close()
    told = [check["what"] for check in look("source")]

    assert "also recognised: “Away in 2026” (leave)" in told


def test_a_drive_that_cannot_exchange_files_is_told(
    look: Look, configured: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    configured("")
    monkeypatch.setattr(sources, "exchange", lambda *_: False)
    (_, check) = look("source")

    assert check["level"] == "warning"
    assert "one step" in check["what"]


def test_every_workbook_of_the_configuration_is_looked_at(
    look: Look, write: Write, tmp_path: Path
) -> None:
    write(name="a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    (tmp_path / "config.toml").write_text('[[source]]\npath = "*.xlsx"\n', "utf-8")
    found = look("source")

    assert {Path(check["where"]).name for check in found} == {"a.xlsx", "b.xlsx"}
    assert levels(found).count("problem") == 1


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_password_that_others_may_read_is_a_problem(
    look: Look, configured: Callable[[str], Path], tmp_path: Path
) -> None:
    configured('[mail.smtp]\nusername = "u"\npassword_file = "secret"\n')
    secret = tmp_path / "secret"
    secret.write_text("s3cret", "utf-8")
    secret.chmod(0o644)
    (open_,) = look("secrets")
    secret.chmod(0o600)
    (private,) = look("secrets")
    secret.unlink()
    (gone,) = look("secrets")

    assert (open_["level"], private["level"], gone["level"]) == (
        "problem",
        "ok",
        "problem",
    )
    assert open_["fix"] == f"chmod 600 {secret}"
    assert "s3cret" not in json.dumps([open_, private, gone])


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_configuration_that_others_may_change_is_a_warning(
    look: Look, configured: Callable[[str], Path], tmp_path: Path
) -> None:
    configured("")
    (tmp_path / "config.toml").chmod(0o666)
    found = look("secrets")

    assert levels(found) == ["ok", "warning"]


def test_a_damaged_history_is_told(
    look: Look, run: Run, configured: Callable[[str], Path]
) -> None:
    configured("")
    run("status")
    database = Path(os.environ["FOLLOWUP_STATE"]) / "history.sqlite3"
    database.write_bytes(b"not a database at all" * 400)
    found = look("history")

    assert found[0]["level"] == "problem"
    assert "move the file away" in found[0]["fix"]


def test_a_history_that_ends_in_the_future_means_a_wrong_clock(
    look: Look, run: Run, configured: Callable[[str], Path], tmp_path: Path
) -> None:
    import sqlite3  # noqa: PLC0415 - as a wrong clock would have left it

    configured('[office]\ntime_zone = "Asia/Shanghai"\n')
    run("sync", "--yes")
    database = sqlite3.connect(Path(os.environ["FOLLOWUP_STATE"]) / "history.sqlite3")
    with database:
        database.execute(
            "UPDATE followup_round SET finished_at = '2031-01-01T00:00+00:00'"
        )
    database.close()
    (check,) = look("clock")

    assert check["level"] == "problem"
    assert "2031" in check["what"]
    assert tmp_path.exists()


class Silent:
    """Takes letters, and remembers whether any came."""

    def __init__(self) -> None:
        self.n = 0

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - aiosmtpd's name
        self.n += 1
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[Silent, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Silent()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def test_the_mail_server_is_asked_and_gets_no_letter(
    look: Look, configured: Callable[[str], Path], server: tuple[Silent, int]
) -> None:
    handler, port = server
    configured(
        '[mail]\nhr = ["hr@example.com"]\nsender = "HR <hr@example.com>"\n[mail.smtp]\n'
        f'host = "127.0.0.1"\nport = {port}\nsecurity = "none-on-loopback"\n'
    )
    (check,) = look("mail")

    assert check["level"] == "ok"
    assert "connected to 127.0.0.1" in check["what"]
    assert handler.n == 0


def test_a_mail_server_that_does_not_answer_is_a_problem(
    look: Look, configured: Callable[[str], Path]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configured(
        '[mail]\nsender = "HR <hr@example.com>"\n[mail.smtp]\nhost = "127.0.0.1"\n'
        f'port = {port}\nsecurity = "none-on-loopback"\n'
    )
    found = look("mail")

    assert levels(found) == ["warning", "problem"]
    assert found[1]["fix"]


def test_little_room_is_told(
    look: Look, configured: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    configured("")
    usage = type("Usage", (), {"free": 50 << 20})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)

    assert "problem" in levels(look("disk"))


def test_the_state_folder_is_private_after_it(run: Run, write: Write) -> None:
    run("doctor", write())
    database = Path(os.environ["FOLLOWUP_STATE"]) / "history.sqlite3"

    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_that_no_workbook_was_named_is_said_once_with_what_helps(run: Run) -> None:
    text = run("doctor").stdout

    assert text.count("no workbook was named") == 1
    assert "followup doctor WORKBOOK" in text
    assert "followup check" not in text
