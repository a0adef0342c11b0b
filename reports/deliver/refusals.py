"""Why a mail server lets nobody in, and what to do about it."""

import smtplib
import ssl

from reports.deliver.account import WHERE, Account
from reports.deliver.answers import FOR_NOW
from reports.show import one_line
from sync.causes import cause
from sync.errors import DeliveryError
from sync.wording import LANGS, Text, same


def explained(error: Exception, account: Account) -> DeliveryError:
    """Say why there is no connection, and what to do; never the password."""
    place = f"{account.host}:{account.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _not_let_in(error, account)
    if isinstance(error, UnicodeError):
        return DeliveryError(
            Text(
                "用户名和密码只能用英文字母、数字和符号",
                "username and password may hold plain Latin letters only",
            ),
            where=WHERE,
            hint=Text("请换一个密码", "choose another password"),
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return DeliveryError(
            Text(
                "{place} 的证书不可信：{why}",
                "the certificate of {place} is not to be trusted: {why}",
                {"place": place, "why": error.verify_message},
            ),
            where=f"{WHERE}.host",
            hint=Text(
                "host 要与证书上的名称一致；公司自建的证书颁发机构请设置 ca_file",
                "write the name in the certificate; for an authority of "
                "your own set ca_file",
            ),
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(
            Text(
                "{place} 不支持所需的功能：{words}",
                "{place} does not offer what is needed: {words}",
                {"place": place, "words": one_line(str(error), 80)},
            ),
            where=f"{WHERE}.security",
            hint=Text(
                '465 端口写 security = "tls"，587 端口写 "starttls"；不用'
                "登录的服务器请去掉 username",
                'port 465 wants security = "tls", port 587 "starttls"; '
                "without sign-in leave out username",
            ),
        )
    code = (
        f"{error.smtp_code} "
        if isinstance(error, smtplib.SMTPResponseException)
        else ""
    )
    words = _shortened(code, _words(error))
    return DeliveryError(
        Text(
            "连接不上 {place}：{words}",
            "{place} cannot be reached: {words}",
            {"place": place, "words": words},
        ),
        where=f"{WHERE}.host",
        hint=Text(
            "请检查 host、port 和 security；信都还在发件箱里",
            "check host, port and security; the letters wait in the outbox",
        ),
    )


def _words(error: Exception) -> Text:
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return same(raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw)
    if isinstance(error, OSError):
        return cause(error)
    return same(str(error) or type(error).__name__)


def _shortened(code: str, words: Text) -> Text:
    zh, en = (one_line(f"{code}{words.in_(lang)}", 120) for lang in LANGS)
    return Text("{zh}", "{en}", {"zh": zh, "en": en})


def _not_let_in(
    error: smtplib.SMTPAuthenticationError, account: Account
) -> DeliveryError:
    words = one_line(f"{error.smtp_code} {_words(error).in_('en')}", 120)
    if error.smtp_code in FOR_NOW:
        hint = Text(
            "邮件服务器正忙；请稍后再运行 followup mail send",
            "the server is busy; run followup mail send again later",
        )
    elif "5.7.30" in words or "5.7.139" in words:
        hint = Text(
            "这台服务器要求用令牌登录：请设置 token_command（XOAUTH2）",
            "this server wants a token: set token_command (XOAUTH2)",
        )
    elif account.oauth:
        hint = Text(
            "请检查 username，以及 token_command 输出的内容",
            "check username and what token_command prints",
        )
    else:
        hint = Text(
            "请检查 username 和密码；QQ 邮箱、163 邮箱和企业邮箱要用专门生成的"
            "授权码，不是平时的登录密码",
            "check username and password; QQ, 163 and company mail want an "
            "authorisation code made for programs (授权码), not the usual password",
        )
    return DeliveryError(
        Text(
            "{host} 拒绝登录：{words}",
            "{host} does not let us in: {words}",
            {"host": account.host, "words": words},
        ),
        where=WHERE,
        hint=hint,
    )
