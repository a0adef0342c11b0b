"""In which language a command talks to whoever runs it."""

import locale
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from sync.cli import main
from sync.cli.speech import chosen, machine_language

Run = Callable[..., Result]


def test_an_error_is_told_in_the_language_that_was_asked_for(run: Run) -> None:
    said = run("--lang", "zh", "check", "absent.xlsx").stderr

    assert "怎么办：" in said
    assert "fix:" not in said
    assert "  fix: " in run("--lang", "en", "check", "absent.xlsx").stderr


def test_else_in_the_office_s(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[office]\nlanguage = "zh"\n', "utf-8")

    assert "怎么办：" in run("check", "absent.xlsx").stderr
    assert "  fix: " in run("--lang", "en", "check", "absent.xlsx").stderr


def test_else_in_the_machine_s(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")

    assert "怎么办：" in run("check", "absent.xlsx").stderr


def test_a_configuration_that_cannot_be_read_is_told_in_it_too(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("[[[", "utf-8")
    result = run("--lang", "zh", "check")

    assert result.exit_code == 2
    assert "怎么办：" in result.stderr


def test_wrong_keys_are_told_in_the_language_that_stands_beside_them(
    run: Run, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[office]\nlanguage = "zh"\n[mail]\nsendr = "x"\n[followup]\ngrace_days = "3天"\n',
        "utf-8",
    )
    said = run("check").stderr

    assert "config.toml: mail.sendr：C003 没有这一项配置" in said
    assert "怎么办：是不是想写 sender？" in said
    assert "应是整数，现在写的是 '3天'" in said
    config.write_text("[office]\nlanguage = 5\n", "utf-8")

    assert "should be 'zh' or 'en'" in run("check").stderr


def test_json_says_it_in_english_whoever_reads(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\npath = "*.xlsx"\n', "utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(b"")
    result = run("--lang", "zh", "check", "--json")

    assert "the file is empty" in result.stdout
    assert "怎么办：" in result.stderr


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
    ],
)
def test_a_machine_says_its_language_as_posix_does(
    environ: dict[str, str], lang: str
) -> None:
    assert machine_language(environ) == lang


def test_windows_calls_it_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        locale, "getlocale", lambda: ("Chinese (Simplified)_China", "936")
    )

    assert machine_language({}) == "zh"


def test_what_was_asked_for_comes_first() -> None:
    assert chosen("en", "zh") == "en"
    assert chosen(None, "zh") == "zh"


def test_a_bug_and_an_interruption_are_told_in_the_machine_s(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    monkeypatch.setattr(sys, "argv", ["followup", "rules"])
    for stops, code in ((KeyboardInterrupt(), 130), (ZeroDivisionError(), 3)):

        def stop(*_: object, stops: BaseException = stops, **__: object) -> None:
            raise stops

        monkeypatch.setattr("sync.cli.cli.invoke", stop)
        with pytest.raises(SystemExit) as ended:
            main()

        assert ended.value.code == code
    said = capsys.readouterr().err

    assert "已中断" in said
    assert "程序错误：ZeroDivisionError；请附上" in said


MISUSES = [
    (["--lang", "zh", "chekc"], "没有命令 chekc；是不是想写 check？"),
    (["--lang", "zh", "nothing"], "没有命令 nothing"),
    (["--lang", "zh", "check", "--hepl"], "没有选项 --hepl；是不是想写 --help"),
    (["--lang", "zh", "check", "a.xlsx", "b.xlsx"], "多出了参数：b.xlsx"),
    (["--lang", "zh", "check", "--as-of"], "选项 --as-of 后面要写上它的值"),
    (["--lang", "zh", "check", "--json=x"], "选项 --json 后面不能写值"),
    (["--lang", "zh", "check", "--as-of", "2026-02-30"], "没有“2026-02-30”这一天"),
    (["--lang", "zh", "evidence"], "缺少参数 PERSON"),
    (["--lang", "zh", "completion", "cmd"], "应是 bash、zsh、fish 之一"),
    (["--lang", "zh", "watch", "--settle", "1"], "应是 2.5 到 3600 之间的数"),
    (["--lang", "zh", "mail", "send", "--limit", "0"], "应不小于 1"),
    (["--lang", "zh", "--config", "/", "check"], "这是文件夹，不是文件"),
    (["--lang", "zh", "report", "--json", "--csv"], "请选一种"),
    (["--lang", "zh", "init"], "请写上工作簿"),
]


@pytest.mark.parametrize(("words", "said"), MISUSES)
def test_a_misuse_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    monkeypatch.setattr(sys, "argv", ["followup", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr().err

    assert ended.value.code == 2
    assert said in shown.replace("的值不对：", "")
    assert "错误：" in shown
    assert "Error" not in shown
