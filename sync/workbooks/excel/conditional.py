"""Our highlights: conditional formats told from people's own by a mark in the formula."""

import contextlib
import re
from collections.abc import Sequence

from sync.cells import Area
from sync.workbooks.excel.charset import escape_text
from sync.workbooks.excel.markers import mark_formula, unmark_formula
from sync.workbooks.excel.markup import Node
from sync.workbooks.excel.sheetpart import SheetPart
from sync.workbooks.excel.stylesheet import StyleSheet
from sync.workbooks.plan import Highlight, Style

_PRIORITY = re.compile(rb"""\spriority\s*=\s*["']([0-9]{1,10})["']""")
MARK = b"followup:"
"""What our rules contain; a sheet without it needs no look."""

_MAX_PRIORITY = (1 << 31) - 1


def own_rules(part: SheetPart) -> list[tuple[Node, Node, Style | str]]:
    """Find our rules as (block, rule, style)."""
    found = []
    for block in part.root.all("conditionalFormatting"):
        for rule in block.all("cfRule"):
            formula = rule.child("formula")
            known = unmark_formula(formula.text) if formula else None
            if known:
                found.append((block, rule, known[1]))
    return found


def own_areas(part: SheetPart) -> list[Area]:
    """Give the ranges that our rules cover; other programs join some to one list."""
    found = []
    for block, _, _ in own_rules(part):
        for area in block.get("sqref").split():
            with contextlib.suppress(ValueError):
                found.append(Area.parse(area))
    return found


def set_highlights(
    part: SheetPart, wanted: Sequence[Highlight], styles: StyleSheet | None
) -> None:
    """Replace all our rules on a sheet by the wanted ones.

    Args:
        part: The sheet.
        wanted: In order of precedence; they come after everybody else's rules.
        styles: Where looks are found; ``None`` only when nothing is wanted.
    """
    old = own_rules(part)
    looks = {
        style: rule.get("dxfId")
        for _, rule, style in old
        if rule.get("dxfId").isdigit()
    }
    first = _first_priority(part, [rule for _, rule, _ in old], len(wanted))
    new = b""
    for place, one in enumerate(wanted):
        look = looks.get(one.style)
        if look is None:
            assert styles is not None  # something is wanted
            look = looks[one.style] = str(styles.differential(one.style))
        new += _rule(part, one, look, first + place)
    if _stands_alone(part, old) == new:
        return
    _remove(part, old)
    part.insert("conditionalFormatting", new)


def _rule(part: SheetPart, one: Highlight, look: str, priority: int) -> bytes:
    formula = escape_text(mark_formula(one.formula, one.style)).encode()
    prefix = part.prefix
    return (
        b'<%sconditionalFormatting sqref="%s"><%scfRule type="expression" dxfId="%s" '
        b'priority="%d"><%sformula>%s</%sformula></%scfRule></%sconditionalFormatting>'
        % (
            prefix,
            one.area.a1.encode(),
            prefix,
            look.encode(),
            priority,
            prefix,
            formula,
            prefix,
            prefix,
            prefix,
        )
    )


def _first_priority(part: SheetPart, own: list[Node], n_wanted: int) -> int:
    """Give the first of as many numbers after everybody else's.

    Theirs are in the old and the new vocabulary. Where one of them leaves no room after
    it, ours come before it.
    """
    tail_at = part.sheet_data.end
    ours = {rule.start for rule in own}
    taken = {0}
    for found in _PRIORITY.finditer(part.masked, tail_at):
        tag = part.masked.rfind(b"<", tail_at, found.start())
        if tag not in ours:
            taken.add(int(found[1]))
    first = max(taken) + 1
    while first + n_wanted > _MAX_PRIORITY or taken & {*range(first, first + n_wanted)}:
        first = min(first, _MAX_PRIORITY + 1) - max(n_wanted, 1)
    return first


def _stands_alone(part: SheetPart, old: list[tuple[Node, Node, str]]) -> bytes:
    """Give our rules as they are written, when nobody else's share their blocks."""
    blocks = {id(block): block for block, _, _ in old}
    if any(sum(1 for _ in block.all("cfRule")) > 1 for block in blocks.values()):
        return b""
    return b"".join(part.raw(block) for block in blocks.values())


def _remove(part: SheetPart, old: list[tuple[Node, Node, str]]) -> None:
    gone: dict[int, list[Node]] = {}
    blocks = {}
    for block, rule, _ in old:
        gone.setdefault(block.start, []).append(rule)
        blocks[block.start] = block
    for start, rules in gone.items():
        block = blocks[start]
        if len(rules) == sum(1 for _ in block.all("cfRule")):
            part.remove(block)
        else:
            for rule in rules:
                part.remove(rule)
