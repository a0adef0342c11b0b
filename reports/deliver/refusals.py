"""Why a mail server lets nobody in, and what to do about it."""

import smtplib
import ssl

from reports.deliver.account import WHERE, Account
from reports.deliver.answers import FOR_NOW
from reports.show import one_line
from sync.errors import DeliveryError


def explained(error: Exception, account: Account) -> DeliveryError:
    """Say why there is no connection, and what to do; never the password."""
    place = f"{account.host}:{account.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _not_let_in(error, account)
    if isinstance(error, UnicodeError):
        what = "username and password may hold plain Latin letters only"
        return DeliveryError(what, where=WHERE, hint="choose another password")
    if isinstance(error, ssl.SSLCertVerificationError):
        return DeliveryError(
            f"the certificate of {place} is not to be trusted: {error.verify_message}",
            where=f"{WHERE}.host",
            hint="write the name in the certificate; for an authority of your own "
            "set ca_file",
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(
            f"{place} does not offer what is needed: {one_line(str(error), 80)}",
            where=f"{WHERE}.security",
            hint='port 465 wants security = "tls", port 587 "starttls"; without '
            "sign-in leave out username",
        )
    code = (
        f"{error.smtp_code} "
        if isinstance(error, smtplib.SMTPResponseException)
        else ""
    )
    words = one_line(f"{code}{_words(error)}", 120)
    return DeliveryError(
        f"{place} cannot be reached: {words}",
        where=f"{WHERE}.host",
        hint="check host, port and security; the letters wait in the outbox",
    )


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _not_let_in(
    error: smtplib.SMTPAuthenticationError, account: Account
) -> DeliveryError:
    words = one_line(f"{error.smtp_code} {_words(error)}", 120)
    if error.smtp_code in FOR_NOW:
        hint = "the server is busy; run followup mail send again later"
    elif "5.7.30" in words or "5.7.139" in words:
        hint = "this server wants a token: set token_command (XOAUTH2)"
    elif account.oauth:
        hint = "check username and what token_command prints"
    else:
        hint = (
            "check username and password; QQ, 163 and company mail want an "
            "authorisation code made for programs (授权码), not the usual password"
        )
    return DeliveryError(
        f"{account.host} does not let us in: {words}", where=WHERE, hint=hint
    )
