"""The HTTP side: reads a request, lets faults and edits happen, writes the answer."""

import contextlib
import gzip
import json
import socket
import struct
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.sheets_server.calls import Received
from tests.sheets_server.drive import Reply
from tests.sheets_server.faults import Fault, Kind
from tests.sheets_server.refusals import RefusalError
from tests.sheets_server.sign_in import CONSENT

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

JSON = "application/json; charset=UTF-8"
COMPRESS_FROM = 1024


class Listener:
    """The socket and its threads."""

    def __init__(self, server: "SheetsServer") -> None:
        handler = type("BoundHandler", (Handler,), {"server_of_tests": server})
        self.http = Quiet(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(
            target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        if self.thread.is_alive():
            self.http.shutdown()
            self.thread.join()
        self.http.server_close()


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    # A client that keeps its connection open must not keep the test from ending.
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: callers who hang up are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """Handles the calls of one connection, one after the other."""

    server_of_tests: "SheetsServer"
    call: Received | None = None
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def handle_call(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        parts = urlsplit(self.path)
        path, query = unquote(parts.path), parse_qs(parts.query, keep_blank_values=True)
        self.call = None
        if path == "/token":
            fault = self.server_of_tests.fault("POST /token", asked_for=True)
            if fault and self.broke_before(fault):
                return
            status, body = self.server_of_tests.sign_in.grant(parse_qs(raw.decode()))
            self.send(Reply(status, body), pretty=True)
            return
        if path == CONSENT:
            self.send_response(302)
            self.send_header("Location", self.server_of_tests.sign_in.consent(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.call = Received(self.command, path, query, length)
        try:
            self.answer_call(self.call, raw)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_call  # noqa: N815

    def answer_call(self, received: Received, raw: bytes) -> None:
        server, call = self.server_of_tests, f"{received.verb} {received.path}"
        fault = server.fault(call)
        if fault and self.broke_before(fault):
            return
        meetings = server.met(call)
        for one in meetings:
            if not one.after:
                one.act()
        reply, headers = self.carry_out(received, raw)
        for one in meetings:
            if one.after:
                one.act()
        if fault and self.broke_after(fault):
            return
        pretty = received.query.get("prettyPrint", ["true"])[0].lower() != "false"
        truncated = bool(fault and fault.kind is Kind.TRUNCATED)
        self.send(reply, headers, pretty=pretty, truncated=truncated)

    def carry_out(self, received: Received, raw: bytes) -> tuple[Reply, dict[str, str]]:
        try:
            received.body = self.read_body(raw)
            received.authorization = self.headers.get("Authorization")
            reply = self.server_of_tests.desk.answer(received)
        except RefusalError as refusal:
            return Reply(refusal.code, refusal.body()), refusal.headers
        except Exception:  # noqa: BLE001
            # A fault of the test server itself must fail the test, loudly.
            self.server_of_tests.problems.append(traceback.format_exc())
            bug = RefusalError(500, "The test server has a bug; see its problems.")
            return Reply(500, bug.body()), {}
        return reply, {}

    def read_body(self, raw: bytes) -> Any:
        if not raw or "json" not in self.headers.get("Content-Type", ""):
            return raw or None
        try:
            return json.loads(raw)
        except ValueError:
            raise RefusalError(
                400, "Invalid JSON payload received. Unexpected token."
            ) from None

    def broke_before(self, fault: Fault) -> bool:
        if fault.kind is Kind.SLOW:
            time.sleep(fault.seconds)
        elif fault.kind is Kind.STATUS:
            refusal = fault.refusal()
            self.send(Reply(refusal.code, refusal.body()), refusal.headers, pretty=True)
            return True
        elif fault.kind is Kind.HTML:
            page = Reply(fault.status, fault.page(), "text/html; charset=UTF-8")
            self.send(page, fault.headers(), pretty=False)
            return True
        elif fault.kind is Kind.RESET:
            self.hang_up()
            return True
        return False

    def broke_after(self, fault: Fault) -> bool:
        if fault.kind is Kind.LOST_TO_RESET:
            self.hang_up()
            return True
        if fault.kind is Kind.LOST_TO_STATUS:
            refusal = fault.refusal()
            self.send(Reply(refusal.code, refusal.body()), refusal.headers, pretty=True)
            return True
        return False

    def hang_up(self) -> None:
        """Break the connection so that the caller sees a reset and no end of file."""
        if self.call is not None:
            self.server_of_tests.record(self.call, 0, 0)
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.shutdown(socket.SHUT_RD)
            self.connection.close()

    def send(
        self,
        reply: Reply,
        headers: dict[str, str] | None = None,
        *,
        pretty: bool,
        truncated: bool = False,
    ) -> None:
        data = encoded(reply.body, pretty=pretty)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Vary", "Origin, X-Origin, Referer")
        if len(data) > COMPRESS_FROM and self.wants_gzip():
            data = gzip.compress(data, 4, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        data = data[: len(data) // 2] if truncated else data
        # Before the last byte leaves: a test may look at the log at once.
        if self.call is not None:
            self.server_of_tests.record(self.call, reply.status, len(data))
        self.wfile.write(data)
        self.wfile.flush()
        if truncated:
            self.close_connection = True

    def wants_gzip(self) -> bool:
        # Documented: Google wants both headers to say so.
        # https://developers.google.com/workspace/sheets/api/guides/performance
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        return accepted and "gzip" in self.headers.get("User-Agent", "")


def encoded(body: Any, *, pretty: bool) -> bytes:
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if pretty:
        return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
