"""The mail server: reached, trusted and signed in to; no letter is sent."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from reports.addresses import is_address
from reports.deliver.account import Account, account_of
from reports.deliver.carriers import check_sending
from reports.deliver.smtp import Connection
from sync.config.mail import Mail
from sync.doctor.model import Checks, fine, of_error, problem, warning
from sync.errors import FollowupError
from sync.wording import Text

_NO_SERVER = Text(
    "没有设置邮件服务器，信留在发件箱里",
    "no mail server is named; letters wait in the outbox",
)
_SECURITY = {
    "starttls": Text("STARTTLS，证书有效", "STARTTLS, the certificate holds"),
    "tls": Text("TLS，证书有效", "TLS, the certificate holds"),
    "none-on-loopback": Text("本机，未加密", "on this machine, not encrypted"),
}
_CONNECTED = Text(
    "已连接 {host}:{port}（{security}）{sign_in}",
    "connected to {host}:{port} ({security}){sign_in}",
)
_SIGNED_IN = Text("，登录成功", ", signed in")
_NO_HR = Text(
    "没有 HR 的地址，HR 的信会一直等着", "no address of HR: its letter waits for ever"
)
_NO_HR_FIX = Text('在 [mail] 写 hr = ["hr@…"]', 'set hr = ["hr@…"] under [mail]')
_BAD_HR = Text("“{address}”不是邮箱地址", "{address!r} is no address")
_OUTBOX = Text(
    "别人也能读发件箱（权限 {mode}）", "others may read the outbox (mode {mode})"
)
_OUTBOX_FIX = Text("chmod 700 {path}", "chmod 700 {path}")
_CLOSED = Text("发件箱不能写入", "the outbox cannot be written")
_CLOSED_FIX = Text(
    "给予写权限，或换一个 mail.outbox",
    "allow writing to it, or set another mail.outbox",
)


def post(options: Mail, folder: Path, environ: Mapping[str, str]) -> Checks:
    """Look at what sending letters needs.

    Args:
        options: The section of the configuration.
        folder: What its paths are relative to.
        environ: Where secrets that stand in variables are looked up.
    """
    yield from _addresses(options)
    yield from _outbox(folder / options.outbox)
    if not options.smtp.host:
        yield fine("mail", _NO_SERVER)
        return
    try:
        check_sending(options)
        account = account_of(options.smtp, folder, environ)
        with Connection(account):
            pass
    except FollowupError as error:
        yield of_error("mail", error, "config.toml: mail.smtp")
        return
    yield fine("mail", _connected(account), account.host)


def _connected(account: Account) -> Text:
    return _CONNECTED.fill(
        host=account.host,
        port=account.port,
        security=_SECURITY[account.security],
        sign_in=_SIGNED_IN if account.username else "",
    )


def _addresses(options: Mail) -> Checks:
    where = "config.toml: mail.hr"
    if not options.hr:
        yield warning("mail", _NO_HR, _NO_HR_FIX, where)
    for one in options.hr:
        if not is_address(one.strip()):
            yield problem("mail", _BAD_HR.fill(address=one), _NO_HR_FIX, where)


def _outbox(folder: Path) -> Checks:
    if not folder.is_dir():
        return
    if not os.access(folder, os.W_OK):
        yield problem("mail", _CLOSED, _CLOSED_FIX, str(folder))
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        told = _OUTBOX.fill(mode=f"{mode:03o}")
        yield warning("mail", told, _OUTBOX_FIX.fill(path=folder), str(folder))
