"""Exim, the mail server of many a Linux machine, with a configuration of our own."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import trustme

PROGRAM = shutil.which("exim4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OWNER = "Debian-exim"
USER, PASSWORD = "hr@example.com", "right horse"

# It signs people in over TLS only, knows nobody called "gone", has no time for "later",
# and keeps everything else in one folder.
_CONFIG = """
primary_hostname = exim.example.com
spool_directory = {home}/spool
log_file_path = {home}/log/%slog
pid_file_path = {home}/exim.pid
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = {home}/cert.pem
tls_privatekey = {home}/key.pem
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
smtp_accept_queue_per_connection = 0
deliver_drop_privilege = true
keep_environment =
timezone = UTC
begin acl
rcpt:
  deny !authenticated = *
  deny local_parts = gone
       message = no such user here
  defer local_parts = later
       message = greylisted, come back
  accept
begin routers
all:
  driver = accept
  transport = store
begin transports
store:
  driver = appendfile
  directory = {home}/mail
  maildir_format
  create_directory
  envelope_to_add
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = ${{if def:tls_in_cipher}}
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def can_run() -> bool:
    """Whether Exim is installed and may be started: only root can become its user."""
    if PROGRAM is None or os.geteuid() != 0:
        return False
    return any(one.pw_name == OWNER for one in pwd.getpwall())


@dataclass(frozen=True)
class Exim:
    """A running Exim."""

    home: Path
    port: int
    ca_file: Path

    def got(self) -> list[EmailMessage]:
        """Give the letters that lie in its folder, once all it took are there."""
        deadline = time.monotonic() + 20
        while any((self.home / "spool" / "input").rglob("*-H")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        found = []
        for path in sorted((self.home / "mail" / "new").glob("*")):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found.append(mail)
        return found


@contextmanager
def running(home: Path, port: int, authority: trustme.CA) -> Iterator[Exim]:
    """Run Exim in a folder until the block ends."""
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(home / "key.pem"))
    chain = b"".join(part.bytes() for part in certificate.cert_chain_pems)
    (home / "cert.pem").write_bytes(chain)
    authority.cert_pem.write_to_path(str(home / "ca.pem"))
    config = _CONFIG.format(home=home, port=port, user=USER, password=PASSWORD)
    (home / "exim.conf").write_text(config, "utf-8")
    owner = pwd.getpwnam(OWNER)
    for name in ("spool", "mail", "log"):
        (home / name).mkdir()
    for path in (home, *home.iterdir()):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    assert PROGRAM
    process = subprocess.Popen(
        [PROGRAM, "-C", str(home / "exim.conf"), "-bdf", "-q1h"],
        user=owner.pw_uid,
        group=owner.pw_gid,
        extra_groups=[],
        cwd=home,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Exim(home, port, home / "ca.pem")
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 15
    while True:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline
        time.sleep(0.05)
