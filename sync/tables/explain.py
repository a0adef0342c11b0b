"""Why a column was taken for a field, or for none."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping

from sync.cells import CellRef, column_letters
from sync.findings import Finding
from sync.tables import reasons
from sync.tables.assignment import Assignment
from sync.tables.claims import Claim
from sync.tables.grid import Grid
from sync.tables.profile import Profile
from sync.tables.regions import Region
from sync.tables.vocabulary import SURE
from sync.wording import Text

_HOW = {
    "exact": reasons.EXACT,
    "maybe": reasons.MAYBE,
    "rule": reasons.RULE,
    "stripped": reasons.STRIPPED,
    "values": reasons.VALUES,
    "marks": reasons.MARKS,
}


def because(claim: Claim, found: Profile) -> Text:
    """Say what the header said and whether the values agree."""
    said = _HOW[claim.guess.how].fill(wording=claim.guess.wording)
    if found.is_empty:
        more = reasons.EMPTY
    elif claim.fits > 0.3:
        more = reasons.FITS
    elif claim.fits < -0.3:
        more = reasons.DOUBTS
    else:
        more = reasons.NEUTRAL
    return Text("{said}{more}", "{said}{more}", {"said": said, "more": more})


def why_unknown(number: int, text: str, period: str, done: Assignment) -> Text:
    """Say why a column stays unknown."""
    if not text:
        return reasons.NO_HEADER
    if period:
        return reasons.PERIOD.fill(period=period)
    why, best, other = done.refused.get(number, ("unknown", None, None))
    if why == "ambiguous" and best and other:
        return reasons.AMBIGUOUS.fill(first=best.guess.field, second=other.guess.field)
    if why == "taken" and best and other:
        return reasons.TAKEN.fill(
            field=best.guess.field, column=column_letters(other.column)
        )
    if why == "contradicted" and best:
        return reasons.CONTRADICTED.fill(field=best.guess.field)
    return reasons.UNKNOWN


def double_claims(
    done: Assignment, grid: Grid, region: Region, said: Mapping[int, str | None]
) -> list[Finding]:
    """Report the columns that lost their field to a surer one."""
    texts = region.header.texts
    found = []
    for column, (why, best, winner) in sorted(done.refused.items()):
        if why != "taken" or not best or not winner or column in said:
            continue
        if best.guess.how != "exact" or best.guess.strength < SURE * 0.9:
            continue
        found.append(
            Finding(
                code="L101",
                severity="warning",
                what=reasons.TWO_CLAIM_WHAT.fill(
                    loser=texts[column],
                    winner=texts[winner.column],
                    field=best.guess.field,
                ),
                fix=reasons.TWO_CLAIM_FIX.fill(letter=column_letters(column)),
                at=CellRef(grid.sheet.name, region.header.row, column),
            )
        )
    return found
