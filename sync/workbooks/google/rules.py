"""Our highlights as conditional formats; people's own are never touched.

Google knows a rule by its place only. What a deletion took away is in the answer, so a
rule of somebody who changed theirs in the same moment is put back.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sync.cells import Area
from sync.workbooks.google.formula import mark_rule, unmark_rule
from sync.workbooks.google.looks import LOOKS
from sync.workbooks.google.reading import Tab
from sync.workbooks.google.values import Json
from sync.workbooks.plan import Highlight


def rule_requests(tab: Tab, wanted: Sequence[Highlight]) -> list[Json]:
    """Take away our rules that are not wanted any more, and add those that lack.

    Ours come after everybody else's.
    """
    kept = [rule for rule in tab.rules if rule.highlight in wanted]
    gone = [rule for rule in tab.rules if rule not in kept]
    there = [rule.highlight for rule in kept]
    requests: list[Json] = [
        {"deleteConditionalFormatRule": {"sheetId": tab.sheet_id, "index": rule.place}}
        for rule in sorted(gone, key=lambda rule: -rule.place)
    ]
    end = tab.n_rules - len(gone)
    new = [one for one in wanted if one not in there]
    for place, one in enumerate(new, start=end):
        rule = {
            "ranges": [grid_of(tab.sheet_id, one.area)],
            "booleanRule": {
                "condition": {
                    "type": "CUSTOM_FORMULA",
                    "values": [{"userEnteredValue": mark_rule(one.formula, one.style)}],
                },
                "format": _conditional(LOOKS[one.style]),
            },
        }
        requests.append({"addConditionalFormatRule": {"rule": rule, "index": place}})
    return requests


def _conditional(look: Json) -> Json:
    """Keep what a conditional format can set: colours, bold, italic, strike-through."""
    return {
        name: value
        for name, value in look.items()
        if name in {"textFormat", "backgroundColorStyle"}
    }


def grid_of(sheet_id: int, area: Area) -> Mapping[str, int]:
    """Write an area as a GridRange, whose ends are exclusive."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": area.top - 1,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left - 1,
        "endColumnIndex": area.right,
    }


def put_back(requests: Sequence[Json], replies: Sequence[Json]) -> list[Json]:
    """Put back every rule that was deleted and is not ours.

    Args:
        requests: What was asked for.
        replies: One to each; an empty object may have become ``None``.
    """
    return list(_strangers(requests, replies))


def _strangers(requests: Sequence[Json], replies: Sequence[Json]) -> Iterator[Json]:
    for request, reply in zip(requests, replies, strict=False):
        asked = request.get("deleteConditionalFormatRule")
        rule = ((reply or {}).get("deleteConditionalFormatRule") or {}).get("rule")
        if asked is None or rule is None:
            continue
        condition = (rule.get("booleanRule") or {}).get("condition") or {}
        texts = [
            one.get("userEnteredValue", "") for one in condition.get("values") or ()
        ]
        if not (len(texts) == 1 and unmark_rule(texts[0])):
            whole = _whole(rule)
            yield {"addConditionalFormatRule": {"rule": whole, "index": asked["index"]}}


def _whole(part: Any) -> Any:
    """Write empty objects as such again: an empty colour is black, and no colour none."""
    if isinstance(part, Mapping):
        return {name: _whole(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_whole(value) for value in part]
    return {} if part is None else part
