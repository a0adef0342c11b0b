from pathlib import Path

import pytest

from sync.config.load import find, load
from sync.config.model import Config
from sync.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_every_default_holds() -> None:
    assert load(None).config == Config()


def test_the_file_is_found_from_a_folder_below(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    assert find(below) == path


def test_every_wrong_key_is_named_at_once_with_its_path(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[followup]\ngrace_days = "three"\n[mail]\nsendr = "x"\n'
        '[[source]]\npath = "a.xlsx"\n[[source.table]]\nsheet = "G"\nheader_row = 0\n',
    )

    with pytest.raises(ConfigError) as caught:
        load(path)

    message = str(caught.value)
    assert "config.toml: followup.grace_days: C003" in message
    assert "'three'" in message
    assert "config.toml: mail.sendr: C003 is not a key we know" in message
    assert "did you mean sender?" in message
    assert "source[1].table[1].header_row" in message


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 1"):
        load(write(tmp_path, "grace = = 3"))


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load(tmp_path / "absent.toml")


def test_an_unknown_key_in_a_list_of_tables_lists_the_known_ones(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, '[[source]]\npath = "a.xlsx"\nzzz = 1\n')

    with pytest.raises(ConfigError, match="known here: path, table"):
        load(path)
