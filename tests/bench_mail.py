"""Letters a second, rendered and delivered: `make bench-mail`, or ARGS="--n 500 2000".

Not a test: it measures and judges nothing. A mail server of its own process takes the
letters over STARTTLS, after a password, and throws them away. Ours goes through every
step of a real run: rendered from a judged workbook, each put into the outbox on the
disk, claimed in the history before its last byte, settled after. mailmerge, in an
environment of its own, renders and sends a letter of the same length to the same
people, and remembers nothing. Compare ratios: the server shares the machine.

Then both send a few letters over a line that takes ten milliseconds to and fro, as to a
server in the same country.
"""

# ruff: noqa: ARG001, ARG002, N802, PLR0917 - a handler's names and arguments are aiosmtpd's

import argparse
import csv
import gc
import json
import os
import resource
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from xlsxwriter import Workbook

from reports.deliver.account import Account
from reports.deliver.carriers import MailCarrier
from reports.deliver.outbox import deliver, list_outbox
from reports.deliver.send import RealBook, send
from reports.deliver.standing import standings
from reports.letters import compose
from sync.assess.model import Past
from sync.config.mail import Mail, Smtp
from sync.config.model import Config
from sync.history.store import History
from sync.pipeline import judge, understand
from sync.workbooks.backups import Backups
from sync.workbooks.open import open_workbook

TODAY = date(2026, 11, 22)
USER, PASSWORD = "hr@example.com", "right horse"
N_PEER = 300
"""Letters that mailmerge sends each time; its rate hangs on nothing else."""
MS_FAR = 10
"""To a far server and back."""
HEADER = (
    "姓名",
    "邮箱",
    "目标内容",
    "基准值",
    "目标值",
    "当前值",
    "开始日期",
    "截止日期",
)


# Our own children have weighed something too: so mailmerge is somebody else's.
_WEIGHED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(file=sys.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, end="", file=sys.stderr)
sys.exit(done.returncode)
"""


class Sink:
    """Takes every letter and throws it away."""

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Offer what every large provider's server does, and this one can do too."""
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Say yes."""
        return "250 2.0.0 taken"


def let_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, proof: object
) -> AuthResult:
    """Let the one right password in."""
    right = isinstance(proof, LoginPassword) and proof.password == PASSWORD.encode()
    return AuthResult(success=right)


def serve(home: Path, port: int) -> None:
    """Run the mail server until its input ends."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(home / "cert.pem", home / "key.pem")
    controller = Controller(
        Sink(),
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=let_in,
        data_size_limit=1 << 26,
    )
    controller.start()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.read()
    controller.stop()


def make_workbook(path: Path, n: int) -> None:
    """Write a goal sheet with one goal for each of so many people."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("目标")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for i in range(1, n + 1):
            title = f"把第{i}号门店的月均销售额从40万元提升到{50 + i % 90}万元"
            who = (f"员工{i:05}", f"reader{i}@example.com", title)
            sheet.write_row(i, 0, (*who, 40, 50 + i % 90, 40 + i % 40))
            sheet.write_datetime(i, 6, datetime(2026, 7, 1), day)  # noqa: DTZ001
            sheet.write_datetime(i, 7, datetime(2026, 12, 31), day)  # noqa: DTZ001


def ours(shared: Path, port: int, n: int) -> dict[str, float]:
    """Render, put into the outbox and send; give seconds and megabytes."""
    home = Path(tempfile.mkdtemp(dir=shared))
    book = home / f"goals-{n}.xlsx"
    make_workbook(book, n)
    workbook = open_workbook(str(book), Backups(home / "backups", 0))
    config = Config()
    understood = understand(workbook, config, ())
    judged = judge(understood, config, past=Past(), today=TODAY)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    options = Mail(
        sender=f"HR <{USER}>",
        when_all_is_well=True,
        smtp=Smtp(
            host="127.0.0.1",
            letters_per_connection=100_000,
            letters_per_minute=1_000_000,
        ),
    )
    account = Account(
        host="127.0.0.1",
        port=port,
        security="starttls",
        username=USER,
        secret=PASSWORD,
        ca_file=shared / "ca.pem",
    )
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    outbox, at = home / f"outbox-{n}", datetime(2026, 11, 22, 9, tzinfo=UTC)
    with History.open(str(home / f"history-{n}.sqlite3")) as history:
        began = time.perf_counter()
        letters = compose(
            judged, options, source_name=book.name, lang="zh", today=TODAY
        )
        letters = tuple(one for one in letters if one.audience == "employee")
        rendered = time.perf_counter()
        receipts = deliver(letters, outbox, already=set(), at=at, sender=options.sender)
        history.remember_letters(str(book), receipts, at, letters)
        put = time.perf_counter()
        entries = list_outbox(outbox)
        posts = history.postbox.posts(one.key for one in entries)
        waiting = standings(entries, posts, options, at)
        carrier = MailCarrier(account, options)
        done = send(waiting, carrier, RealBook(history.postbox, lambda: at))
        sent = time.perf_counter()
    assert len(done.done) == n, done.stopped
    assert done.all_sent
    first = (outbox / entries[0].path.name).read_bytes()
    (shared / "letter.html").write_text(letters[0].html, "utf-8")
    return {
        "letters": n,
        "render": rendered - began,
        "put": put - rendered,
        "send": sent - put,
        "whole": sent - began,
        "bytes": len(first),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "mb_before": before,
    }


def mailmerge(home: Path, port: int, n: int, program: Path) -> dict[str, float]:
    """Let mailmerge render and send to the same people; give seconds and megabytes."""
    work = Path(tempfile.mkdtemp(dir=home))
    with (work / "mailmerge_database.csv").open("w", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("email", "name", "n"))
        for i in range(1, n + 1):
            table.writerow((f"reader{i}@example.com", f"员工{i:05}", i))
    html = (home / "letter.html").read_text("utf-8").replace("{", "&#123;")
    (work / "mailmerge_template.txt").write_text(
        f"TO: {{{{email}}}}\nFROM: HR <{USER}>\nSUBJECT: 目标小结 {{{{n}}}}\n"
        f"Content-Type: text/html\n\n<p>{{{{name}}}}</p>\n{html}",
        "utf-8",
    )
    (work / "mailmerge_server.conf").write_text(
        f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\nsecurity = STARTTLS\n"
        f"username = {USER}\n",
        "utf-8",
    )
    began = time.perf_counter()
    # It asks for the password on a terminal; without one it reads its input.
    done = subprocess.run(
        [sys.executable, "-c", _WEIGHED, program, "--no-dry-run", "--no-limit"],
        cwd=work,
        input=f"{PASSWORD}\n",
        text=True,
        capture_output=True,
        start_new_session=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    took = time.perf_counter() - began
    if done.returncode or f"message {n} sent" not in done.stdout:
        sys.exit(f"mailmerge: {done.stdout[-500:]}{done.stderr[-500:]}")
    peak = float(done.stderr.rpartition("\n")[2]) / 1024
    return {"letters": n, "whole": took, "mb": peak}


@contextmanager
def beside(*words: object) -> Iterator[None]:
    """Run a program of our own in another process, until its input ends."""
    command = [sys.executable, *map(str, words)]
    # aiosmtpd warns at every sign-in that one of its names will change.
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == "ready"
        try:
            yield
        finally:
            assert process.stdin
            process.stdin.close()


def certificates(home: Path) -> None:
    """Make an authority and a certificate."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(str(home / "ca.pem"))
    issued.private_key_pem.write_to_path(str(home / "key.pem"))
    chain = b"".join(part.bytes() for part in issued.cert_chain_pems)
    (home / "cert.pem").write_bytes(chain)


def measured(home: Path, port: int, n: int) -> dict[str, float]:
    """Measure ours in a process of its own."""
    command = [sys.executable, __file__, "--ours", str(home), "--n", str(n)]
    told = subprocess.run(
        [*command, "--port", str(port)], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def run(home: Path, port: int, sizes: list[int], peer: Path | None) -> None:
    """Measure every size beside the peer's rate, taken before and after."""
    rates = [rate_of_peer(home, port, peer)] if peer else []
    rows = [measured(home, port, n) for n in sizes]
    rates += [rate_of_peer(home, port, peer)] if peer else []
    theirs = sum(rates) / len(rates) if rates else 0.0
    for row in rows:
        rate = row["letters"] / row["whole"]
        print(  # noqa: T201
            f"followup {row['letters']:>6} letters of {row['bytes'] / 1024:.0f} KB: "
            f"{rate:6.0f} a second (render {row['render']:.1f} s, outbox "
            f"{row['put']:.1f} s, send {row['send']:.1f} s), {row['mb']:.0f} MB, "
            f"{row['mb_before']:.0f} of it before the first letter"
            + (f"; ratio {rate / theirs:.1f}" if theirs else "")
        )


def rate_of_peer(home: Path, port: int, program: Path) -> float:
    """Measure mailmerge with a letter of ours, and say what it came to."""
    if not (home / "letter.html").exists():
        measured(home, port, 10)
    theirs = mailmerge(home, port, N_PEER, program)
    rate = theirs["letters"] / theirs["whole"]
    print(f"mailmerge {N_PEER} letters: {rate:.0f} a second, {theirs['mb']:.0f} MB")  # noqa: T201
    return rate


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=[500, 2_000, 10_000])
    parser.add_argument("--peer", type=Path, help="mailmerge's program")
    parser.add_argument("--n-far", type=int, default=200)
    parser.add_argument("--port", type=int, default=45_987)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.port)
    elif given.ours:
        print(json.dumps(ours(given.ours, given.port, *given.n)))  # noqa: T201
    else:
        with tempfile.TemporaryDirectory() as name:
            home, port = Path(name), given.port
            certificates(home)
            with beside(__file__, "--serve", home, "--port", port):
                run(home, port, given.n, given.peer)
                far = Path(__file__).with_name("bench_distance.py")
                with beside(far, port + 1, port, MS_FAR / 2):
                    print(f"{MS_FAR} ms away:")  # noqa: T201
                    run(home, port + 1, [given.n_far], given.peer)


if __name__ == "__main__":
    main()
