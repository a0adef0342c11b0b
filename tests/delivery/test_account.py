"""Where the password comes from, and how fast letters go."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from reports.deliver.account import account_of
from reports.deliver.pace import Pace
from sync.config.load import load
from sync.config.mail import Smtp
from sync.errors import ConfigError, DeliveryError

NOBODY: dict[str, str] = {}


def options(**changes: Any) -> Smtp:
    return Smtp(host="mail.example.com", username="hr@example.com", **changes)


def test_the_port_follows_from_the_security(tmp_path: Path) -> None:
    plain = Smtp(host="mail.example.com")

    assert account_of(plain, tmp_path, NOBODY).port == 587
    tls = plain.model_copy(update={"security": "tls"})
    assert account_of(tls, tmp_path, NOBODY).port == 465


def test_a_variable_gives_the_password_and_says_when_it_is_missing(
    tmp_path: Path,
) -> None:
    wanted = options(password_env="MAIL_PASSWORD")

    assert account_of(wanted, tmp_path, {"MAIL_PASSWORD": "x y"}).secret == "x y"
    with pytest.raises(DeliveryError, match="MAIL_PASSWORD is not set"):
        account_of(wanted, tmp_path, NOBODY)


def test_a_file_gives_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("x y\r\nsecond\n", "utf-8")
    path.chmod(0o600)

    wanted = options(password_file=Path("secret"))

    assert account_of(wanted, tmp_path, NOBODY).secret == "x y"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_that_others_may_read_is_refused_with_the_fix(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "secret"
    path.write_text("x", "utf-8")
    path.chmod(mode)

    with pytest.raises(DeliveryError) as caught:
        account_of(options(password_file=path), tmp_path, NOBODY)

    assert caught.value.hint == f"chmod 600 {path}"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_a_file_without_a_password_says_so(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)

    with pytest.raises(DeliveryError, match=r"secret cannot be read|is empty"):
        account_of(options(password_file=path), tmp_path, NOBODY)


def test_a_command_prints_a_password_or_a_token(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "print('a b'); print('more')")

    password = account_of(options(password_command=command), tmp_path, NOBODY)
    token = account_of(options(token_command=command), tmp_path, NOBODY)

    assert (password.secret, password.oauth) == ("a b", False)
    assert (token.secret, token.oauth) == ("a b", True)
    assert "a b" not in repr(token)


@pytest.mark.parametrize(
    "command",
    [
        ("no-such-program-anywhere",),
        (sys.executable, "-c", "print('geheim'); raise SystemExit(3)"),
        (sys.executable, "-c", "print()"),
    ],
)
def test_a_command_that_fails_is_named_without_what_it_printed(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    with pytest.raises(DeliveryError) as caught:
        account_of(options(password_command=command), tmp_path, NOBODY)

    assert "password_command" in caught.value.where
    assert "geheim" not in str(caught.value)


def test_a_username_without_any_password_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="where its password is"):
        account_of(options(), tmp_path, NOBODY)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('password = "secret"', "is not a key we know"),
        ('password_env = "A"\npassword_file = "b"', "only one of"),
        ('security = "none"', "none-on-loopback"),
    ],
)
def test_the_configuration_holds_no_password_and_one_source(
    tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[mail.smtp]\n{line}\n", "utf-8")

    with pytest.raises(ConfigError) as caught:
        load(path)

    assert said in str(caught.value)
    assert '"secret"' not in str(caught.value)
    assert "'secret'" not in str(caught.value)


def test_no_minute_holds_more_letters_than_allowed() -> None:
    now, sent = [0.0], []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = Pace(3, clock=lambda: now[0], sleep=sleep)
    for _ in range(10):
        pace.wait()
        sent.append(now[0])
        now[0] += 1

    assert all(
        later - first >= 60 for first, later in zip(sent, sent[3:], strict=False)
    )
    assert sent[2] == 2
