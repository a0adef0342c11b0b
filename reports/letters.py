"""One assessment into letters, each for one audience, in its reader's language."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from reports.addresses import Directory
from reports.audience import AudienceKind
from reports.closing import Closing
from reports.draft import LIMITS, Desk, Draft, Letter, key_for, shown, write
from reports.drafts import drafts_of
from reports.hints import HintSummary
from reports.lines import Links, no_links
from reports.month import MonthLook
from reports.render import Renderer
from reports.show import one_line
from reports.summary import PersonSummary, TeamSummary
from reports.told import Earlier, variant_of
from reports.variant import Variant, turn_of
from sync.assess.model import Assessment
from sync.config.mail import Mail
from sync.wording import Lang

__all__ = ["Letter", "compose"]


def compose(  # noqa: PLR0913 - each is a fact of its own, named at the call
    assessment: Assessment,
    options: Mail,
    *,
    source_name: str,
    lang: Lang,
    today: date,
    identity: str = "",
    labels: Iterable[str] = (),
    links: Links = no_links,
    earlier: Sequence[str] = (),
    refused: AbstractSet[str] = frozenset(),
    variant: Variant | None = None,
    fiscal_year_starts: int = 1,
) -> tuple[Letter, ...]:
    """Write every letter of a run; nothing is put anywhere.

    Args:
        assessment: The judgement.
        options: Addresses, languages and the user's templates.
        source_name: The workbook's name as readers know it.
        lang: The workbook's language.
        today: The day judged.
        identity: What history knows the source by: letters about files of one name in
            two folders have nothing to do with each other.
        labels: What the workbooks of a joined judgement are called. A letter names
            those that its goals stand in, and no other.
        links: Cell → web address, for workbooks that live on the web.
        earlier: Keys of the letters told before, oldest first. Those letters are left
            out; one that says again what was said before something else happened is
            news again.
        refused: Addresses that the mail server refused; letters to them are held.
        variant: Letters of a kind that the day would not bring.
        fiscal_year_starts: The month in which Q1 begins: it says when a period is over.

    Returns:
        Employees' letters in the order of the people, then managers', then HR's, then
        the notes to groups. Nobody without goals or actions gets one, nobody two, and
        nobody any while on leave.

    Raises:
        DeliveryError: If a template cannot be rendered; it names template and line.
    """
    turn = turn_of(
        assessment.goals,
        options.rhythm,
        today,
        asked=variant,
        fiscal_year_starts=fiscal_year_starts,
    )
    desk = Desk(
        directory=Directory(assessment, options, lang, refused),
        renderer=Renderer(options.templates, today),
        links=links,
        source=one_line(source_name, 80),
        identity=identity or source_name,
        labels=frozenset(labels),
        today=today,
        turn=turn,
        earlier=Earlier(earlier),
        hints=options.smart_hints,
        calendar=options.attach_next_talk,
        workbook=options.attach_summary,
    )
    drafts = drafts_of(assessment, options.chat, desk)
    keyed = ((draft, key_for(draft, desk)) for draft in drafts)
    # Most letters of a second run are known: rendering them again would be its work.
    return tuple(
        write(draft, key, desk)
        for draft, key in keyed
        if key not in desk.earlier
        and _is_worth_it(draft, key, desk, always=options.when_all_is_well)
    )


def _is_worth_it(draft: Draft, key: str, desk: Desk, *, always: bool) -> bool:
    """Whether a letter is worth its reader's minute.

    Without a goal in a period, or a gap in a goal, there is nothing to tell. That all is well again is worth it to somebody who read otherwise this week; were
    it left out, the next bad news would look like that week's old one.
    """
    spare = variant_of(key) is Variant.CLOSING or draft.kind is AudienceKind.AUTHOR
    if not spare and (always or desk.earlier.has_period_of(key)):
        return True
    parts = shown(draft, key, LIMITS[0]).values()
    known = [
        one.says_something
        for one in parts
        if isinstance(
            one, PersonSummary | TeamSummary | MonthLook | Closing | HintSummary
        )
    ]
    return any(known) or not known
