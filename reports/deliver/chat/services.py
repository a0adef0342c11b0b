"""What each chat service wants to be told, and what its answers mean.

All three answer 200 even when they refuse; only the code inside says what happened.

Source:
    developer.work.weixin.qq.com/document/path/91770, open.dingtalk.com/document/robots,
    open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus

from reports.deliver.answers import SLOW, Answer
from reports.deliver.our_words import UNREADABLE
from reports.show import one_line

_OK = 200
_TOO_FAST = 429
_BUSY = 503
_REFUSALS = range(300, 500)

Sign = Callable[[str, float], tuple[str, Mapping[str, str]]]
"""Key and Unix time → what the address and what the body get in addition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One chat service."""

    body: Callable[[str], dict[str, object]]
    sign: Sign
    codes: tuple[str, ...]
    """Under which name its answer has the code; 0 means that it has taken the note."""
    words: tuple[str, ...]
    slow: frozenset[int]
    """Codes that mean “too fast” or “busy”; most are told by their words."""
    most_bytes: int
    """Of text, in UTF-8."""


def _unsigned(key: str, at: float) -> tuple[str, Mapping[str, str]]:  # noqa: ARG001
    return "", {}


def _dingtalk_sign(key: str, at: float) -> tuple[str, Mapping[str, str]]:
    stamp = str(round(at * 1000))
    proof = hmac.new(key.encode(), f"{stamp}\n{key}".encode(), hashlib.sha256)
    sign = quote_plus(base64.b64encode(proof.digest()))
    return f"&timestamp={stamp}&sign={sign}", {}


def _feishu_sign(key: str, at: float) -> tuple[str, Mapping[str, str]]:
    # The other way round than usual: the text is the key, and nothing is signed with it.
    stamp = str(int(at))
    proof = hmac.new(f"{stamp}\n{key}".encode(), b"", hashlib.sha256)
    return "", {"timestamp": stamp, "sign": base64.b64encode(proof.digest()).decode()}


def _wecom_body(text: str) -> dict[str, object]:
    return {"msgtype": "text", "text": {"content": text}}


def _feishu_body(text: str) -> dict[str, object]:
    return {"msg_type": "text", "content": {"text": text}}


SERVICES: Mapping[str, Service] = {
    "wecom": Service(
        body=_wecom_body,
        sign=_unsigned,
        codes=("errcode",),
        words=("errmsg",),
        slow=frozenset([-1, 45009, 45033]),
        most_bytes=2048,
    ),
    "dingtalk": Service(
        body=_wecom_body,
        sign=_dingtalk_sign,
        codes=("errcode",),
        words=("errmsg",),
        slow=frozenset([-1, 90030, 130101, 410100]),
        most_bytes=15_000,
    ),
    "feishu": Service(
        body=_feishu_body,
        sign=_feishu_sign,
        codes=("code", "StatusCode"),
        words=("msg", "StatusMessage"),
        slow=frozenset([9499, 11232]),
        most_bytes=15_000,
    ),
}


def request(service: Service, text: str, key: str, at: float) -> tuple[str, bytes]:
    """Give what is added to the address, and the body to post.

    Args:
        service: Whose robot it is.
        text: The note; cut where the service would refuse it.
        key: Of the signature; empty for none.
        at: Unix time, in seconds.
    """
    added, proof = service.sign(key, at) if key else ("", {})
    body = {**proof, **service.body(within(text, service.most_bytes))}
    return added, json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def judge(service: Service, status: int, raw: bytes) -> Answer:
    """Judge an answer by the code inside it.

    Args:
        service: Whose it is.
        status: Of HTTP.
        raw: The answer's body.
    """
    if status != _OK:
        return _by_status(status)
    try:
        told = json.loads(raw)
        code = next(int(told[name]) for name in service.codes if name in told)
    except (ValueError, TypeError, StopIteration):
        return Answer(fate="unknown", words=UNREADABLE.in_("en"))
    said = next((str(told[name]) for name in service.words if name in told), "")
    words = one_line(f"{service.codes[0]} {code} {said}", 200)
    if code == 0:
        return Answer(fate="sent", words=words)
    if code in service.slow or SLOW.search(said):
        return Answer(fate="deferred", words=words, slow=True)
    return Answer(fate="rejected", words=words)


def within(text: str, most_bytes: int) -> str:
    """Cut text to so many bytes of UTF-8, between characters, at the end of a line."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= most_bytes:
        return text
    kept = raw[: most_bytes - len("…".encode())].decode("utf-8", "ignore")
    whole = kept.rpartition("\n")[0]
    return (whole or kept) + "…"


def _by_status(status: int) -> Answer:
    words = f"HTTP {status}"
    if status in {_TOO_FAST, _BUSY}:
        return Answer(fate="deferred", words=words, slow=True)
    if status in _REFUSALS:
        return Answer(fate="rejected", words=words)
    # A gateway that gives up may have passed the note on before.
    return Answer(fate="unknown", words=words)
