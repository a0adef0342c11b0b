"""The token endpoint: signed assertions of service accounts, and what people consent to.

Sources: https://developers.google.com/identity/protocols/oauth2/service-account and
https://developers.google.com/identity/protocols/oauth2/native-app
"""

import base64
import functools
import hashlib
import json
import secrets
import time
from typing import Any, NamedTuple
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.sheets_server.refusals import Json, signed_out

ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"
"""What google-auth writes into an assertion wherever the token is asked for."""
CLIENT = "followup.apps.googleusercontent.com"
CONSENT = "/o/oauth2/auth"
"""Where people are asked."""
LIFE = 3600
"""Seconds that a token lives."""
SLACK = 300
"""Seconds that clocks may differ."""


class Token(NamedTuple):
    email: str
    expires: float
    scopes: frozenset[str]


@functools.cache
def private_key() -> rsa.RSAPrivateKey:
    """Make one key for all accounts of a test run: a short one, they load faster."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=1024)


class SignIn:
    """Knows accounts and the tokens that were given out."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.accounts: dict[str, rsa.RSAPublicKey] = {}
        self.people: dict[str, str] = {}
        """Refresh token → e-mail address."""
        self.at_browser = ""
        """Who consents when asked; nobody: whoever sits there presses Cancel."""
        self.codes: dict[str, tuple[str, dict[str, str]]] = {}
        """Code → who consented, and to what question."""
        self.tokens: dict[str, Token] = {}

    def account(self, email: str) -> Json:
        """Make a service account and give what its key file holds."""
        key = private_key()
        self.accounts[email] = key.public_key()
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return {
            "type": "service_account",
            "project_id": "followup-tests",
            "private_key_id": "1",
            "private_key": pem.decode("ascii"),
            "client_email": email,
            "client_id": "1",
            "token_uri": f"{self.url}/token",
        }

    def person(self, email: str) -> Json:
        """Make a signed-in person and give what an authorised-user file holds."""
        refresh = f"1//{secrets.token_hex(16)}"
        self.people[refresh] = email
        return {
            "type": "authorized_user",
            "client_id": CLIENT,
            "client_secret": "not-secret",
            "refresh_token": refresh,
            "token_uri": f"{self.url}/token",
        }

    def client(self) -> Json:
        """Give what the file of a desktop application's client holds."""
        return {
            "installed": {
                "client_id": CLIENT,
                "client_secret": "not-secret",
                "auth_uri": f"{self.url}{CONSENT}",
                "token_uri": f"{self.url}/token",
                "redirect_uris": ["http://localhost"],
            }
        }

    def consent(self, query: dict[str, list[str]]) -> str:
        """Ask whoever sits at the browser; give the address it is sent back to."""
        asked = {name: values[0] for name, values in query.items()}
        back = asked["redirect_uri"]
        if not back.startswith(("http://localhost:", "http://127.0.0.1:")):
            return f"{self.url}/signin/oauth/error?authError=redirect_uri_mismatch"
        given = {"state": asked.get("state", "")}
        if asked.get("client_id") != CLIENT or asked.get("response_type") != "code":
            given["error"] = "invalid_request"
        elif not self.at_browser:
            given["error"] = "access_denied"
        else:
            given["code"] = f"4/{secrets.token_hex(16)}"
            given["scope"] = asked["scope"]
            self.codes[given["code"]] = self.at_browser, asked
        return f"{back}?{urlencode(given)}"

    def exchange(self, form: dict[str, list[str]]) -> tuple[int, Json]:
        """Give a token for a code, once, to whoever knows what it was asked with."""
        email, asked = self.codes.pop(form.get("code", [""])[0], ("", {}))
        verifier = form.get("code_verifier", [""])[0].encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest())
        if not email or form.get("redirect_uri", [""])[0] != asked["redirect_uri"]:
            return refused("invalid_grant", "Bad Request")
        if asked.get("code_challenge", "") != challenge.decode().rstrip("="):
            return refused("invalid_grant", "Invalid code verifier.")
        status, answer = self.give(email, frozenset(asked["scope"].split()))
        if asked.get("access_type") == "offline":
            answer["refresh_token"] = self.person(email)["refresh_token"]
        return status, answer

    def grant(self, form: dict[str, list[str]]) -> tuple[int, Json]:
        """Answer a request for a token."""
        kind = form.get("grant_type", [""])[0]
        if kind == ASSERTION:
            return self.grant_account(form.get("assertion", [""])[0])
        if kind == "authorization_code":
            return self.exchange(form)
        if kind == "refresh_token":
            email = self.people.get(form.get("refresh_token", [""])[0])
            if email is None:
                return refused("invalid_grant", "Token has been expired or revoked.")
            scopes = form.get("scope", ["https://www.googleapis.com/auth/spreadsheets"])
            return self.give(email, frozenset(scopes[0].split()))
        return refused("unsupported_grant_type", f"Invalid grant_type: {kind}")

    def grant_account(self, assertion: str) -> tuple[int, Json]:
        try:
            head, body, signature = assertion.split(".")
            claims: dict[str, Any] = json.loads(decoded(body))
        except ValueError:
            return refused("invalid_grant", "Invalid JWT")
        key = self.accounts.get(claims.get("iss", ""))
        if key is None:
            return refused("invalid_grant", "Invalid grant: account not found")
        try:
            key.verify(
                decoded(signature),
                f"{head}.{body}".encode(),
                padding.PKCS1v15(),
                hashes.SHA256(),
            )
        except InvalidSignature:
            return refused("invalid_grant", "Invalid JWT Signature.")
        return self.grant_claims(claims)

    def grant_claims(self, claims: dict[str, Any]) -> tuple[int, Json]:
        now = time.time()
        issued, expires = claims.get("iat", 0), claims.get("exp", 0)
        if not issued - SLACK <= now <= expires or expires - issued > LIFE:
            return refused(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a "
                "reasonable timeframe. Check your iat and exp values in the JWT claim.",
            )
        if claims.get("aud") not in {AUDIENCE, f"{self.url}/token"}:
            return refused("invalid_grant", "Invalid JWT: wrong audience.")
        scopes = frozenset(str(claims.get("scope") or "").split())
        if not scopes:
            return refused(
                "invalid_scope",
                "Invalid OAuth scope or ID token audience provided.",
            )
        # Domain-wide delegation: the account speaks for somebody else.
        return self.give(claims.get("sub") or claims["iss"], scopes)

    def give(self, email: str, scopes: frozenset[str]) -> tuple[int, Json]:
        token = f"ya29.{secrets.token_hex(24)}"
        self.tokens[token] = Token(email, time.time() + LIFE, scopes)
        return 200, {
            "access_token": token,
            "expires_in": LIFE - 1,
            "token_type": "Bearer",
            "scope": " ".join(sorted(scopes)),
        }

    def caller(self, header: str | None) -> Token:
        """Find whose token stands in an Authorization header."""
        kind, _, text = (header or "").partition(" ")
        token = self.tokens.get(text) if kind == "Bearer" else None
        if token is None or token.expires < time.time():
            raise signed_out()
        return token

    def revoke(self) -> None:
        """Make every token given out so far worthless."""
        self.tokens.clear()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def refused(error: str, description: str) -> tuple[int, Json]:
    return 400, {"error": error, "error_description": description}
