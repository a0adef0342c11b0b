"""One letter, from what it is made of to what is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reports.addresses import Addressee, Directory, Recipient
from reports.attached import Attachment
from reports.audience import AudienceKind
from reports.closing import Closing
from reports.lines import Links
from reports.month import MonthLook
from reports.render import Renderer
from reports.show import one_line
from reports.told import Earlier, key_of, variant_of
from reports.variant import Turn, Variant
from sync.assess.joined.parts import label_in
from sync.assess.model import GoalAssessment
from sync.config.mail import SmartHints
from sync.findings import Finding

CLIP = 98_000
"""Bytes of HTML; Gmail hides what comes after about 102 KB."""

LIMITS = (40, 20, 10, 5, 2)
"""Rows a list shows, tried in turn until the letter is small enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, written but not sent."""

    audience: AudienceKind
    key: str
    """ASCII; the same key is never sent twice. See `reports.told.key_of`."""
    person_key: str
    """Whose letter it is, as `Person.key`; empty for HR's."""
    recipient: Recipient
    language: str
    """The tag, as in ``zh-TW``."""
    subject: str
    text: str
    html: str
    told: tuple[str, ...]
    """What it tells, in one order and without drifting numbers."""
    problems: tuple[Finding, ...] = ()
    """Why it is held; empty when it may be sent."""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every letter of one run needs."""

    directory: Directory
    renderer: Renderer
    links: Links
    source: str
    identity: str
    labels: frozenset[str]
    today: date
    turn: Turn
    earlier: Earlier
    hints: SmartHints
    """Where people read how their goals could be written more clearly."""
    calendar: bool
    """Whether the next talk goes along with employees' letters."""
    workbook: bool
    """Whether the summary workbook goes along with HR's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one letter is made of."""

    kind: AudienceKind
    person_key: str
    addressee: Addressee
    told: tuple[str, ...]
    goals: tuple[GoalAssessment, ...]
    """Those it is about; empty when it is about all."""
    summary: Callable[[int], object]
    """The most rows a list shows → what the letter shows."""
    month: Callable[[int], MonthLook] | None = None
    """Likewise, for the look back on a month; ``None``: it never looks back."""
    closing: Callable[[int], Closing] | None = None
    """Likewise, for the letter at a period's end."""
    period: str = ""
    """In which it is told once, when that is no week, month or cycle."""
    attachment: Callable[[str], Attachment | None] = lambda _: None
    """Language → what goes along, made only when the letter is written."""


def key_for(draft: Draft, desk: Desk) -> str:
    """Make the key of the letter that a draft will be; see `reports.told.key_of`."""
    # HR's own address is part of whose it is: each of them gets one.
    to = draft.addressee.recipient
    whose = (
        draft.person_key
        or f"{'chat' if to.robot else 'hr'} {to.robot or to.email or '-'}"
    )
    week = draft.period or f"{desk.today:%G-W%V}"
    turn = desk.turn if draft.month else Turn(Variant.WEEKLY, week)
    return key_of(
        draft.kind,
        f"{desk.identity}\n{whose}",
        turn=turn,
        told=draft.told,
        earlier=desk.earlier,
    )


def shown(draft: Draft, key: str, limit: int) -> dict[str, object]:
    """Give what the letter with a key shows, as its templates know it.

    Args:
        draft: What it is made of.
        key: Tells what it looks back on.
        limit: The most rows a list shows.
    """
    variant = variant_of(key)
    if variant is Variant.CLOSING and draft.closing:
        return {"s": draft.closing(limit), "month": None}
    looks_back = draft.month if variant is Variant.MONTHLY else None
    return {
        "s": draft.summary(limit),
        "month": looks_back(limit) if looks_back else None,
    }


def write(draft: Draft, key: str, desk: Desk) -> Letter:
    """Render a draft in its reader's language.

    Raises:
        DeliveryError: If a template cannot be rendered.
    """
    lang, kind = draft.addressee.language, draft.kind
    template = _template(draft, key)
    slots: dict[str, object] = {
        **shown(draft, key, LIMITS[0]),
        "today": desk.today,
        "source": _based_on(draft, desk),
        "language": lang,
    }
    subject = desk.renderer.subject(template, lang, slots)
    slots["subject"] = subject
    # Before the HTML, whose lists may have to be cut.
    text = desk.renderer.text(template, lang, slots)
    html = "" if kind is AudienceKind.CHAT else _html(draft, key, desk, slots)
    attached = draft.attachment(lang)
    return Letter(
        audience=kind,
        key=key,
        person_key=draft.person_key,
        recipient=draft.addressee.recipient,
        language=lang,
        subject=subject,
        text=text,
        html=html,
        told=draft.told,
        problems=draft.addressee.problems,
        attachments=(attached,) if attached else (),
    )


def _based_on(draft: Draft, desk: Desk) -> str:
    """Name the workbooks a letter draws on: of others, not even the name is told."""
    found = dict.fromkeys(label_in(one.goal.place.sheet) for one in draft.goals)
    names = [label for label in found if label in desk.labels]
    return one_line(", ".join(names), 200) if names else desk.source


def _html(draft: Draft, key: str, desk: Desk, slots: dict[str, object]) -> str:
    """Render the HTML, with shorter and shorter lists until nobody clips it."""
    template, lang = _template(draft, key), draft.addressee.language
    html = desk.renderer.html(template, lang, slots)
    for limit in LIMITS[1:]:
        if len(html.encode()) <= CLIP:
            break
        slots.update(shown(draft, key, limit))
        html = desk.renderer.html(template, lang, slots)
    return html


def _template(draft: Draft, key: str) -> str:
    """Name the templates of a letter: those of a period's end serve all audiences."""
    variant = variant_of(key)
    return str(variant if variant is Variant.CLOSING else draft.kind)
