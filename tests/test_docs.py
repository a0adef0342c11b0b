"""What the documents say is what the program does."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from sync.cli import COMMANDS, cli
from sync.config.model import Config
from sync.demo import build
from sync.smart.catalogue import RULES
from sync.smart.docs import docs
from sync.wording import Lang

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
NOT_RUN_HERE = ("make", "python", ".venv/bin/python", ".venv/bin/followup")
"""Set-up commands: continuous integration runs the two of make on every change."""


def block(name: str) -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    assert found
    return found[1].strip()


def commands_block() -> str:
    context = click.Context(cli)
    rows = ["| command | does |", "|---|---|"]
    for name in sorted(COMMANDS):
        command = cli.get_command(context, name)
        assert command
        rows.append(f"| `followup {name}` | {command.get_short_help_str(120)} |")
    return "\n".join(rows)


def rules_block() -> str:
    rows = ["| rule | name | what it checks |", "|---|---|---|"]
    rows += [f"| {r.code} | {r.name} | {docs(r.code)['en'].checks} |" for r in RULES]
    return "\n".join(rows)


def test_the_readme_lists_every_command_as_its_help_does() -> None:
    assert block("commands") == commands_block()


def test_the_readme_lists_every_rule_as_the_catalogue_does() -> None:
    assert block("rules") == rules_block()


def test_the_example_configuration_is_the_defaults() -> None:
    data = tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))
    example = Config.model_validate(data)

    assert example.model_copy(update={"source": ()}) == Config()


def keys(section: type[BaseModel]) -> Iterator[str]:
    for name, field in section.model_fields.items():
        yield name
        inner: Any = field.annotation
        for candidate in (inner, *getattr(inner, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                yield from keys(candidate)


def test_the_example_configuration_names_every_key() -> None:
    text = (ROOT / "config.example.toml").read_text("utf-8")
    missing = [key for key in keys(Config) if not re.search(rf"\b{key}\b", text)]

    assert not missing


def readme_commands() -> Iterator[tuple[str, list[str]]]:
    for readme in READMES:
        text = (ROOT / readme).read_text("utf-8")
        for code in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            for line in code.strip().splitlines():
                words = shlex.split(line, comments=True)
                if words and words[0] not in NOT_RUN_HERE:
                    yield readme, words


@pytest.mark.parametrize(
    ("readme", "words"), tuple(readme_commands()), ids=lambda value: str(value)[:60]
)
def test_every_command_of_the_readme_runs(
    readme: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lang: Lang = "en" if readme == "README.md" else "zh"
    built = build(tmp_path, lang=lang, case="retail", today=date(2026, 11, 22))
    built.rename(tmp_path / "goals.xlsx")
    monkeypatch.chdir(tmp_path)

    assert words[0] == "followup"
    result = CliRunner().invoke(cli, words[1:], catch_exceptions=False)

    assert result.exit_code in {0, 1}
    assert result.output
