"""Everything a mail server can do wrong, and what becomes of the letter."""

import smtplib
import socket
from collections.abc import Callable
from typing import Any

import click
import pytest

from reports.deliver import smtp
from reports.deliver.smtp import Connection, NotClaimedError
from sync.errors import DeliveryError

Letters = Callable[..., tuple[Any, ...]]
ALL = ("mail", "send", "--yes", "--all")
BAD = "reader2@example.com"
RAW = b"Subject: x\r\n\r\nhello\r\n"


def at(step: str, answer: str, to: str = BAD) -> Callable[[str, str], str | None]:
    """Answer one step so for one reader; the step MAIL knows no reader yet."""
    return lambda now, who: answer if now == step and who in {to, ""} else None


@pytest.mark.parametrize("pipelining", [False, True], ids=["", "at once"])
@pytest.mark.parametrize(
    ("step", "answer", "state", "kept"),
    [
        ("RCPT", "421 4.3.2 going down", "deferred", False),
        ("RCPT", "450 4.2.0 greylisted", "deferred", False),
        ("RCPT", "550 5.1.1 no such user", "rejected", False),
        ("RCPT", "550 Domain frequency limited", "deferred", False),
        ("RCPT", "drop", "deferred", False),
        ("RCPT", "hang", "deferred", False),
        ("end", "451 MI:DMC too many", "deferred", False),
        ("end", "451 4.3.0 try later", "deferred", False),
        ("end", "554 5.6.0 not taken", "rejected", False),
        ("end", "554 DT:SPM mxsmtp", "deferred", False),
        ("end", "drop", "unknown", False),
        ("end", "hang", "unknown", False),
        ("end", "keep and drop", "unknown", True),
        ("end", "keep and hang", "unknown", True),
    ],
)
def test_one_letter_in_trouble_harms_no_other(  # noqa: PLR0913, PLR0917
    office: Any,
    letters: Letters,
    step: str,
    answer: str,
    state: str,
    kept: bool,
    pipelining: bool,
) -> None:
    office.server.room.pipelining = pipelining
    office.put(*letters(3))
    office.server.room.script = at(step, answer)

    result = office.run(*ALL)

    assert result.exit_code == 1
    assert office.states() == {
        "reader1@example.com": "sent",
        BAD: state,
        "reader3@example.com": "sent",
    }
    assert office.got().count(BAD) == int(kept)
    assert BAD in result.stdout
    if answer[0].isdigit():
        assert answer.split(maxsplit=1)[1] in office.why(BAD)

    office.server.room.script = lambda _step, _to: None
    again = office.run(*ALL)

    # What was put off goes now; refused and unknown letters wait for somebody's word.
    assert office.got().count(BAD) == int(kept or state == "deferred")
    assert len(set(office.got())) == len(office.got())
    assert again.exit_code == int(state == "unknown")


def test_an_unknown_letter_goes_again_only_when_somebody_says_so(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(2))
    office.server.room.script = at("end", "drop")
    office.run(*ALL)
    office.put(*letters(2))  # the next sync changes nothing
    office.server.room.script = lambda _step, _to: None

    assert office.run(*ALL).exit_code == 1
    assert "nobody knows whether it arrived" in office.why(BAD)

    key = letters(2)[1].key
    assert "queued" in office.run("mail", "resend", key).stdout
    assert office.run(*ALL).exit_code == 0
    assert office.got().count(BAD) == 1


def test_an_unknown_letter_that_arrived_is_settled_by_holding_it(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(2))
    office.server.room.script = at("end", "keep and drop")
    office.run(*ALL)

    office.run("mail", "hold", letters(2)[1].key)

    assert office.run(*ALL).exit_code == 0
    assert office.got().count(BAD) == 1


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ("535 5.7.8 authentication failed", "授权码"),
        ("550 5.7.30 basic authentication is off", "token_command"),
        ("454 4.7.0 try again", "later"),
    ],
)
def test_a_refused_sign_in_stops_the_run_and_no_letter_changes(
    office: Any, letters: Letters, said: str, fix: str
) -> None:
    office.put(*letters(3))
    office.server.room.login = said

    result = office.run(*ALL)

    assert result.exit_code == 2
    assert said[:3] in result.stderr
    assert fix in result.stderr
    assert "right horse" not in result.output + result.stderr
    assert set(office.states().values()) == {"queued"}


def test_a_refused_sender_stops_the_run_and_no_letter_changes(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(3))
    office.server.room.script = at("MAIL", "550 5.7.60 SendAsDenied")

    result = office.run(*ALL)

    assert result.exit_code == 2
    assert "mail.sender" in result.stderr
    assert set(office.states().values()) == {"queued"}


def test_a_server_that_is_not_there_changes_no_letter(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(2))
    config = office.folder / "config.toml"
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        text = config.read_text("utf-8")
        port = nobody.getsockname()[1]
        config.write_text(text.replace(str(office.server.port), str(port)), "utf-8")

        result = office.run(*ALL)

    assert result.exit_code == 2
    assert "cannot be reached" in result.stderr
    assert set(office.states().values()) == {"queued"}


def test_a_server_that_wants_fewer_letters_is_left_in_peace(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(8))
    office.server.room.script = lambda step, _to: (
        "421 HL:IFC frequency" if step == "RCPT" else None
    )

    result = office.run(*ALL)
    states = list(office.states().values())

    assert result.exit_code == 2
    assert "letters_per_minute" in result.stderr
    assert (states.count("deferred"), states.count("queued")) == (3, 5)


def test_when_everybody_is_refused_the_rest_is_not_burnt(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(8))
    office.server.room.script = lambda step, _to: (
        "554 5.7.1 relay access denied" if step == "RCPT" else None
    )

    result = office.run(*ALL)
    states = list(office.states().values())

    assert result.exit_code == 2
    assert (states.count("rejected"), states.count("queued")) == (5, 3)


@pytest.mark.parametrize("pipelining", [False, True])
def test_a_server_that_hears_several_commands_at_once_gets_them_so(
    server: Any, monkeypatch: pytest.MonkeyPatch, *, pipelining: bool
) -> None:
    server.room.pipelining = pipelining
    said: list[bytes] = []
    real = smtplib.SMTP.send

    def overheard(self: smtplib.SMTP, what: Any) -> None:
        said.append(what)
        real(self, what)

    with Connection(server.account()) as line:
        monkeypatch.setattr(smtplib.SMTP, "send", overheard)
        answer = line.post(
            RAW, sender="hr@example.com", recipient=BAD, before_end=lambda: True
        )
    commands = [b"MAIL FROM:<hr@example.com>\r\n", b"RCPT TO:<%s>\r\n" % BAD.encode()]
    commands.append(b"DATA\r\n")

    assert answer.fate == "sent"
    assert said[:-2] == ([b"".join(commands)] if pipelining else commands) + [RAW]


@pytest.mark.parametrize(
    ("answers", "fate", "alive"),
    [
        (b"250 ok|550 5.1.1 who|354 go on", "rejected", False),
        (b"250 ok|550 5.1.1 who|503 no reader", "rejected", True),
        (b"250 ok|450 4.2.0 later|", "deferred", False),
        (b"451 4.3.0 later|503 no|503 no", "deferred", True),
        (b"250 ok|250 ok|421 going", "deferred", False),
        (b"250 ok|", "deferred", False),
        (b"250 ok|250 ok|250 what", "deferred", False),
    ],
)
def test_of_several_answers_the_first_refusal_counts_and_no_empty_letter_goes(  # noqa: PLR0917
    server: Any, monkeypatch: pytest.MonkeyPatch, answers: bytes, fate: str, alive: bool
) -> None:
    server.room.pipelining = True
    line = Connection(server.account())
    heard = iter(answers.split(b"|"))
    said: list[bytes] = []

    def reply(_client: smtplib.SMTP) -> tuple[int, bytes]:
        code, _, words = (next(heard, b"") or b"-1").partition(b" ")
        if code == b"-1":
            raise smtplib.SMTPServerDisconnected
        return int(code), words

    with monkeypatch.context() as played:
        played.setattr(smtplib.SMTP, "getreply", reply)
        played.setattr(smtplib.SMTP, "send", lambda _self, what: said.append(what))
        played.setattr(smtplib.SMTP, "rset", lambda _self: (250, b"ok"))
        answer = line.post(
            RAW, sender="hr@example.com", recipient=BAD, before_end=lambda: True
        )

    assert (answer.fate, line.alive) == (fate, alive)
    assert len(said) == 1
    line.hang_up()


def test_a_certificate_of_another_name_is_refused(start: Callable[..., Any]) -> None:
    server = start(name="mail.example.net")

    with pytest.raises(DeliveryError, match="not to be trusted"):
        Connection(server.account())


def test_a_certificate_nobody_vouches_for_is_refused(server: Any) -> None:
    with pytest.raises(DeliveryError, match="not to be trusted"):
        Connection(server.account(ca_file=None))


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # it does not know of this TLS
def test_tls_from_the_first_byte_works_too(start: Callable[..., Any]) -> None:
    server = start(implicit=True)

    with Connection(server.account(security="tls")) as line:
        answer = line.post(
            RAW, sender="hr@example.com", recipient=BAD, before_end=lambda: True
        )

    assert answer.fate == "sent"
    assert "queued as 4711" in answer.words


def test_a_token_signs_in_and_a_wrong_one_says_what_to_check(server: Any) -> None:
    Connection(server.account(oauth=True, secret="ya29.token")).__exit__(
        None, None, None
    )

    with pytest.raises(DeliveryError) as caught:
        Connection(server.account(oauth=True, secret="stale"))

    assert "token_command" in caught.value.hint
    assert "stale" not in str(caught.value)


def test_without_encryption_nothing_is_said_to_another_machine(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = server.account(security="none-on-loopback", username="")
    Connection(plain).__exit__(None, None, None)
    monkeypatch.setattr(socket.socket, "getpeername", lambda _self: ("192.0.2.1", 25))

    with pytest.raises(DeliveryError, match="another machine"):
        Connection(plain)


def test_a_server_without_starttls_gets_no_password(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    real = smtplib.SMTP.putcmd

    def overheard(self: smtplib.SMTP, cmd: str, args: str = "") -> None:
        said.append(cmd.upper())
        real(self, cmd, args)

    monkeypatch.setattr(smtplib.SMTP, "putcmd", overheard)
    monkeypatch.setattr(smtplib.SMTP, "has_extn", lambda _self, _name: False)

    with pytest.raises(DeliveryError, match="does not offer"):
        Connection(start().account())

    assert said == ["EHLO"]


def test_a_letter_somebody_else_claimed_is_never_finished(server: Any) -> None:
    line = Connection(server.account())

    with pytest.raises(NotClaimedError):
        line.post(RAW, sender="hr@example.com", recipient=BAD, before_end=lambda: False)

    line.__exit__(None, None, None)
    assert server.room.taken == []


def test_a_claim_that_cannot_be_remembered_leaves_the_letter_unsent(
    server: Any,
) -> None:
    def disk_full() -> bool:
        raise OSError(28, "No space left on device")

    line = Connection(server.account())
    with pytest.raises(OSError, match="space"):
        line.post(RAW, sender="hr@example.com", recipient=BAD, before_end=disk_full)

    line.__exit__(None, None, None)
    assert server.room.taken == []


def test_an_interrupted_letter_is_left_without_a_word(
    office: Any, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(*letters(2))
    said: list[bytes] = []
    real = smtplib.SMTP.send

    def interrupted(self: smtplib.SMTP, what: Any) -> None:
        said.append(what if isinstance(what, bytes) else what.encode())
        real(self, what)
        if b"X-Followup-Key" in said[-1]:
            raise KeyboardInterrupt

    monkeypatch.setattr(smtplib.SMTP, "send", interrupted)

    with pytest.raises(click.Abort):
        office.run(*ALL)

    assert b"X-Followup-Key" in said[-1]
    assert office.got() == []
    assert set(office.states().values()) == {"queued"}


def test_an_address_in_other_letters_is_refused_by_a_server_that_has_none(
    server: Any,
) -> None:
    with Connection(server.account()) as line:
        answer = line.post(
            RAW,
            sender="hr@example.com",
            recipient="张三@例子.cn",
            before_end=lambda: True,
        )

    assert answer.fate == "rejected"
    assert line.n_posted == 1


def test_lines_that_begin_with_a_dot_arrive_as_they_were(server: Any) -> None:
    raw = b"Subject: x\r\n\r\n.\r\n..two\r\n.end\r\n"

    with Connection(server.account()) as line:
        line.post(raw, sender="hr@example.com", recipient=BAD, before_end=lambda: True)

    assert server.room.taken == [(BAD, raw)]


def test_many_letters_share_a_connection_until_it_has_carried_enough(
    office: Any, letters: Letters
) -> None:
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text + "letters_per_connection = 4\n", "utf-8")
    office.put(*letters(10))

    office.run(*ALL)

    assert len(office.got()) == 10
    assert office.server.room.n_sessions == 2 * 3  # each greets again after STARTTLS


@pytest.mark.parametrize("answer", ["drop", "421 4.4.2 idle too long", "250 OK"])
def test_a_server_that_went_while_nobody_spoke_is_called_again(
    office: Any, letters: Letters, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(smtp, "_IDLE", -1.0)
    office.put(*letters(3))
    office.server.room.script = lambda step, _to: answer if step == "NOOP" else None

    result = office.run(*ALL)

    assert result.exit_code == 0, result.output
    assert len(office.got()) == 3
    n_calls = 1 if answer.startswith("250") else 3
    assert office.server.room.n_sessions == 2 * n_calls
