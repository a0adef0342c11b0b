"""Help in both languages: every sentence is there, and where it is asked for."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from sync.cli import cli, main
from sync.cli.help import first, sentences

Run = Callable[..., Result]


def said_below(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    yield command.help or ""
    for param in command.get_params(context):
        if isinstance(param, click.Option):
            yield param.help or ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from said_below(below)


def test_all_that_help_says_is_there_in_chinese() -> None:
    said = {first(one) for one in said_below(cli) if one}

    assert said - set(sentences()) == set()


def test_no_sentence_is_kept_that_nobody_says() -> None:
    said = {first(one) for one in said_below(cli) if one}

    assert set(sentences()) - said == set()


def test_the_list_of_commands_is_chinese_where_that_was_asked_for(run: Run) -> None:
    shown = run("--lang", "zh", "--help").stdout

    assert shown.startswith("用法：")
    assert "\n选项：\n" in shown
    assert "\n命令：\n" in shown
    assert "undo        撤销对工作簿的上一次写回，只能撤销一次。" in shown
    assert "显示这段说明。" in shown
    assert run("--help").stdout.startswith("Usage: ")


def test_the_office_s_language_is_that_of_a_command_s_help(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text('[office]\nlanguage = "zh"\n', "utf-8")

    assert "每封只发一次" in run("mail", "send", "--help").stdout
    assert "each letter once" in run("--lang", "en", "mail", "send", "--help").stdout


def test_what_click_adds_is_chinese_too(run: Run) -> None:
    shown = run("--lang", "zh", "watch", "--help").stdout

    assert "[默认：300; 30<=x<=86400]" in shown
    assert "[SOURCE]\n\n" in shown


@pytest.mark.parametrize(("lang", "begins"), [("zh", "用法："), ("en", "Usage: ")])
def test_a_group_that_is_called_bare_says_its_help(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lang: str,
    begins: str,
) -> None:
    monkeypatch.setattr(sys, "argv", ["followup", "--lang", lang, "mail"])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()

    assert ended.value.code == 2
    assert (shown.err + shown.out).startswith(begins + "followup mail")
    assert "错误" not in shown.err
