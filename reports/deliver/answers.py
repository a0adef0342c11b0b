"""What a mail server's answer means for one letter, and for the rest of the run."""

import re
from dataclasses import dataclass
from typing import Literal

from reports.show import one_line

Fate = Literal["sent", "deferred", "rejected", "unknown"]
Phase = Literal["MAIL", "RCPT", "DATA", "body", "end"]
"""The step of the conversation; ``end`` is the final dot, the only one that counts."""

# Large Chinese providers answer "too fast" with 5xx: QQ "550 ... frequency limited",
# NetEase "554 DT:SPM" and "MI:DMC" (too many in one connection), HL:, MI: and RP: codes.
SLOW = re.compile(
    r"frequency|rate.?limit|too (?:many|fast|much)|try again|throttl"
    r"|\b(?:DT:SPM|HL:I[CF]C|MI:(?:DMC|SFQ)|RP:DRC)\b",
    re.IGNORECASE,
)
ACCEPTED = range(200, 300)
FOR_NOW = range(400, 500)
FINAL = (*ACCEPTED, *range(400, 600))
"""Codes that settle a letter's fate once it has been handed over."""
_TOO_BIG = 552
_LOGIN_FIRST = 530
_GOING = 421


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one letter."""

    fate: Fate
    words: str
    """Step, code and text as the server gave them, on one line."""
    slow: bool = False
    """Whether the server asks for fewer letters, or went away."""
    blames_account: bool = False
    """Whether it would say the same about every letter."""


def judge(phase: Phase, code: int, text: bytes) -> Answer:
    """Judge a server's answer to one step.

    Args:
        phase: The step it answers.
        code: Its three digits; at the end 250 means that it has taken the letter.
        text: Its words.
    """
    said = text.decode("utf-8", "replace")
    words = one_line(f"{phase} {code} {said}", 200)
    if code in ACCEPTED:
        return Answer(fate="sent", words=words)
    slow = code == _GOING or bool(SLOW.search(said))
    if slow or code in FOR_NOW:
        return Answer(fate="deferred", words=words, slow=slow)
    # A refused sender is refused for every letter; a letter too big is one letter's.
    blames = code == _LOGIN_FIRST or (phase == "MAIL" and code != _TOO_BIG)
    if blames:
        return Answer(fate="deferred", words=words, blames_account=True)
    return Answer(fate="rejected", words=words)


def lost(phase: Phase, error: Exception) -> Answer:
    """Judge a conversation that broke off.

    Before the end the server must not deliver what it has (RFC 5321, 4.1.1.4); after it
    nobody can say whether it did (RFC 1047).
    """
    words = one_line(f"{phase} {error or type(error).__name__}", 200)
    return Answer(
        fate="unknown" if phase == "end" else "deferred", words=words, slow=True
    )
