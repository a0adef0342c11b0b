"""What goes wrong, as a colleague reads it who reads no English."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
"""Three words beside each other that are no command to type."""
COMMAND = re.compile(r"followup [\w. -]+|--[a-z-]+|pip install \S+|chmod \S+ \S+")

FILES: dict[str, bytes] = {
    "empty.xlsx": b"",
    "letter.pdf": b"%PDF-1.7\n%...",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "page.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "broken.xlsx": b"PK\x03\x04" + b"\0" * 40,
    "half.7z": b"7z\xbc\xaf" + b"\0" * 40,
    "data.json": b'{"a": 1}',
}
CONFIGS = [
    '[office]\ntime_zone = "Asia/Nowhere"\n',
    '[office]\nlanguage = "de"\n',
    "[followup]\ngrace_days = -1\n",
    "[evaluation]\nkpi_grades = [1, 0.5, 2, 3]\n",
    '[office]\ncountry = "Utopia"\n',
    '[mail]\nlanguage = "klingon"\n',
    '[schedule]\nat = "7:30:15"\n',
    '[history]\nurl = "mysql://user@host/db"\n',
    '[[source]]\npath = "none-*.xlsx"\n',
    "[mail\n",
]
WRONG = [
    ["evidence", "goals.xlsx", "Nobody"],
    ["forget", "Nobody"],
    ["rules", "Z999"],
    ["report", "goals.xlsx", "--audience", "everybody"],
    ["report", "goals.xlsx", "--audience", "manager:Nobody"],
    ["report", "goals.xlsx", "--out", "no/such/folder/r.html"],
    ["check", "goals.xlsx", "--fix-hints", "goals.csv"],
    ["mail", "send", "--to-me", "me"],
    ["mail", "hold", "nothing"],
    ["mail", "preview"],
    ["mail", "templates", "--copy"],
    ["undo", "goals.xlsx"],
    ["history", "absent.xlsx"],
    ["clean", "."],
    ["check", "https://example.com/goals.xlsx"],
    ["check", "~$goals.xlsx"],
    ["sync", "goals.xlsx"],
    ["watch", "goals.xlsx"],
]


def told(result: Result) -> str:
    """Give what was said, and see that all of it was said in Chinese."""
    english = [
        line
        for line in result.stderr.splitlines()
        if ENGLISH.search(COMMAND.sub("", line))
    ]

    assert result.exit_code in {0, 1, 2}
    assert english == []
    return result.stderr


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_workbook(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    said = told(run("--lang", "zh", "check", name))

    assert f"{name}：F101 " in said
    assert "\n  怎么办：" in said


@pytest.mark.parametrize("config", CONFIGS)
def test_a_configuration_that_cannot_be_used(
    run: Run, write: Write, tmp_path: Path, config: str
) -> None:
    write()
    (tmp_path / "config.toml").write_text(config, "utf-8")
    said = told(
        run("--lang", "zh", "status", *(["goals.xlsx"] * ("[source" not in config)))
    )

    assert "怎么办：" in said


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_command_that_cannot_be_carried_out(
    run: Run, write: Write, words: list[str]
) -> None:
    write()
    said = told(run("--lang", "zh", *words))

    assert "怎么办：" in said
