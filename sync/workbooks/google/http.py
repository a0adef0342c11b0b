"""Calls that end: time-outs, bounded retries, Google's quotas, and no blind repetition.

gspread's own client waits for ever on a server that hangs, and its variant that retries
takes no notice of ``Retry-After``, gives up on HTML and resets, never gives up on 503,
and repeats a write that may have been carried out.
"""

import json as json_module
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import AuthorizedSession, Request
from gspread import HTTPClient
from gspread.http_client import FileType, ParamsType

from sync.workbooks.google.answers import Fold, checked, gathered, taken
from sync.workbooks.google.quota import Quota, Side
from sync.workbooks.google.refusals import Refused, Unanswered
from sync.workbooks.google.timing import Timing, Traffic

GOOGLE = "https://sheets.googleapis.com"
DRIVE = "https://www.googleapis.com"
_READING_POSTS = (":getByDataFilter", ":batchGetByDataFilter", ":search")
_TOO_MANY = 429
_CHUNK = 1 << 16

T = TypeVar("T")


class SheetsHttp(HTTPClient):
    """gspread's client with calls that end.

    Every method of gspread that goes through `request` is safe to use: reading is
    repeated when an answer fails to come; writing only when Google says that it did
    not take place, and else the caller learns that nobody knows.
    """

    def __init__(
        self,
        auth: Credentials,
        session: requests.Session | None = None,
        *,
        timing: Timing | None = None,
        quota: Quota | None = None,
        endpoint: str = GOOGLE,
    ) -> None:
        """Prepare for calls; nothing is sent yet.

        Args:
            auth: Who calls.
            session: Carries the calls; ``None`` for one that signs them.
            timing: How long to wait.
            quota: Shared by all clients of a run.
            endpoint: Where the service is, for tests.
        """
        self.auth = auth
        self.timing = timing or Timing()
        self._tokens = requests.Session()
        request = _refreshing(self._tokens, self.timing)
        super().__init__(auth, session or _signing(auth, request))
        self.quota = quota or Quota(self.timing.clock, self.timing.sleep)
        self.endpoint = endpoint
        self.traffic = Traffic()

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()
        self._tokens.close()

    def request(  # noqa: PLR0913, PLR0917 (gspread's own signature)
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: Any = None,
    ) -> requests.Response:
        """Make one call, repeated as long as that is safe and sensible.

        Raises:
            Refused: If Google answers that it will not do it.
            Unanswered: If no usable answer came; a write may have been carried out.
        """
        return self._repeated(
            self._call(method, endpoint, params, data, json, files, headers),
            lambda response: response,
        )

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> Any:
        """Make one call to the Sheets API and give the JSON of its answer.

        Args:
            method: ``GET`` or ``POST``.
            path: Below ``/v4/spreadsheets/``.
            params: Query parameters; a list is given several times.
            json: The body.

        Raises:
            Refused: If Google answers that it will not do it.
            Unanswered: If no usable answer came; a write may have been carried out.
        """
        return self.fetch(method, path, json_module.loads, params=params, json=json)

    def fetch(
        self,
        method: str,
        path: str,
        read: Callable[[bytes], T],
        *,
        params: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        fold: Fold = bytes,
    ) -> T:
        """Make one call to the Sheets API and read its answer.

        Args:
            method: ``GET`` or ``POST``.
            path: Below ``/v4/spreadsheets/``.
            read: Reads the answer; a ``ValueError`` says that it breaks off.
            params: Query parameters; a list is given several times.
            json: The body.
            fold: Makes the answer smaller, block by block, before it is read.

        Raises:
            Refused: If Google answers that it will not do it.
            Unanswered: If no usable answer came; a write may have been carried out.
        """
        url = f"{GOOGLE}/v4/spreadsheets/{path}"
        call = self._call(method, url, params, None, json, None, None)
        call = replace(call, fold=fold)
        return self._repeated(call, lambda response: read(_content_of(response)))

    def _call(  # noqa: PLR0913, PLR0917 (gspread's own parameters)
        self,
        method: str,
        endpoint: str,
        params: Mapping[str, Any] | None,
        data: bytes | None,
        json: Mapping[str, Any] | None,
        files: Any,
        headers: Any,
    ) -> "_Call":
        for host in (GOOGLE, DRIVE) if self.endpoint != GOOGLE else ():
            if endpoint.startswith(host):
                endpoint = self.endpoint + endpoint.removeprefix(host)
        reads = method.upper() == "GET" or endpoint.endswith(_READING_POSTS)
        body = None if json is None else json_module.dumps(json, ensure_ascii=False)
        sent = data if body is None else body.encode()
        return _Call(
            method.upper(),
            endpoint,
            {"prettyPrint": "false", **(params or {})},
            sent,
            {**_HEADERS, **(_JSON if body is not None else {}), **(headers or {})},
            files,
            "read" if reads else "write",
        )

    def _repeated(self, call: "_Call", take: Callable[[requests.Response], T]) -> T:
        """Make a call until it is answered, and take what its answer says."""
        wait, timing, side = self.timing.first_wait, self.timing, call.side
        until = timing.clock() + timing.patience
        for attempt in range(1, timing.tries + 1):
            is_last = attempt == timing.tries or timing.clock() > until
            self.quota.spend(side)
            try:
                return taken(self._once(call), take)
            except Refused as refused:
                asked = refused.retry_after
                if refused.status != _TOO_MANY or is_last:
                    raise
                if asked is not None and asked > timing.longest_asked:
                    raise
            except Unanswered as unanswered:
                asked = unanswered.retry_after
                if is_last or (side == "write" and unanswered.may_have_applied):
                    raise
            # Half of the wait is certain, half by lot: Google's own advice.
            timing.sleep(max(asked or 0.0, wait * (0.5 + timing.jitter() / 2)))
            wait = min(wait * 2, timing.longest_wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, call: "_Call") -> requests.Response:
        self.traffic.calls.append(f"{call.method} {call.endpoint.rpartition('/')[2]}")
        self.traffic.sent += len(call.body or b"")
        try:
            response = self._sent(call)
        except TransportError as problem:
            # Signing in failed to get through; the call itself was never made.
            raise Unanswered(str(problem), may_have_applied=False) from problem
        except requests.ConnectTimeout as problem:
            raise Unanswered(str(problem), may_have_applied=False) from problem
        except GoogleAuthError:
            raise
        except (requests.RequestException, OSError) as problem:
            raise Unanswered(str(problem)) from problem
        return checked(response)

    def _sent(self, call: "_Call") -> requests.Response:
        """Send a call and read the whole answer before its time is up."""
        timing = self.timing
        until = timing.clock() + timing.call
        response = self.session.request(
            call.method,
            call.endpoint,
            params=call.params,
            data=call.body,
            files=call.files,
            headers=call.headers,
            timeout=(timing.connect, timing.silence),
            stream=True,
        )
        with response:
            parts = self._parts(response, until)
            content = gathered(parts, call.fold)
        response._content = content  # noqa: SLF001 (read here, for the deadline)
        return response

    def _parts(self, response: requests.Response, until: float) -> Iterator[bytes]:
        for part in response.iter_content(_CHUNK):
            self.traffic.received += len(part)
            yield part
            # A server that sends a byte now and then is never silent.
            if self.timing.clock() > until:
                raise requests.ReadTimeout(f"no end after {self.timing.call:g} s")


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    endpoint: str
    params: Mapping[str, Any]
    body: bytes | None
    headers: Mapping[str, str]
    files: Any
    side: Side
    fold: Fold = bytes


def _content_of(response: requests.Response) -> bytes:
    """Take the content out of an answer, so that whoever reads it can let go of it."""
    content = response.content
    response._content = b""  # noqa: SLF001 (it is ours, read for the deadline)
    return content


# Google compresses answers only for an agent that names gzip.
_HEADERS = {"User-Agent": "followup (gzip)", "Accept-Encoding": "gzip"}
_JSON = {"Content-Type": "application/json; charset=utf-8"}


def _signing(auth: Credentials, request: Callable[..., Any]) -> requests.Session:
    made: requests.Session = AuthorizedSession(auth, auth_request=request)  # type: ignore[no-untyped-call]
    return made


def _refreshing(session: requests.Session, timing: Timing) -> Callable[..., Any]:
    """Give the call that fetches tokens a time-out of its own."""
    fetch = Request(session)

    def within(*args: Any, **options: Any) -> Any:
        return fetch(*args, **{**options, "timeout": timing.silence})

    return within
