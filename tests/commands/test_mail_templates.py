"""``followup mail templates``: ours copied, theirs first, mistakes named by their line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sync.cli import cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["mail", "templates", *words], standalone_mode=False)


def listed(*words: str) -> dict[str, dict[str, str | None]]:
    return {one["name"]: one for one in json.loads(run("--json", *words).stdout)}


def test_a_copy_holds_every_template_and_is_used(folder: Path) -> None:
    (folder / "config.toml").write_text('[mail]\ntemplates = "letters"\n', "utf-8")
    (folder / "letters").mkdir()

    run("--copy")

    assert {one["whose"] for one in listed().values()} == {"yours"}
    assert "employee.text.zh.j2" in listed()
    assert not [name for name in listed() if name.startswith(("report", "outbox"))]


def test_what_is_theirs_already_stays(folder: Path) -> None:
    (folder / "letters").mkdir()
    own = folder / "letters" / "hr.subject.zh.j2"
    own.write_text("我们的主题", "utf-8")

    result = run("--copy", "letters")

    assert own.read_text("utf-8") == "我们的主题"
    assert 'templates = "letters"' in result.stderr
    assert (folder / "letters" / "employee.text.en.j2").is_file()


def test_the_folder_is_relative_to_the_configuration(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.toml").write_text('[mail]\ntemplates = "letters"\n', "utf-8")
    (folder / "letters").mkdir()
    (folder / "letters" / "hr.subject.zh.j2").write_text("x", "utf-8")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")

    assert listed()["hr.subject.zh.j2"]["whose"] == "yours"
    assert listed()["hr.subject.en.j2"]["whose"] == "followup"


def test_a_mistake_is_named_by_file_and_line_before_a_letter_is_written(
    folder: Path,
) -> None:
    (folder / "config.toml").write_text('[mail]\ntemplates = "letters"\n', "utf-8")
    (folder / "letters").mkdir()
    (folder / "letters" / "hr.text.zh.j2").write_text("好\n{% if x %}\n", "utf-8")

    result = run()

    assert result.return_value == 1
    assert "hr.text.zh.j2, line 2" in result.stderr


def test_without_a_folder_the_way_is_shown(folder: Path) -> None:
    assert folder.is_dir()

    result = run()

    assert "--copy letters" in result.stderr
    assert "employee.html.zh.j2" in result.stdout
