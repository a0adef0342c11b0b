"""How a cell looks in the end: its own format, links, conditional formats."""

from tests.sheets_server.a1 import box_of
from tests.sheets_server.book import Book
from tests.sheets_server.cells import EMPTY, Cell, Formula
from tests.sheets_server.conditions import Condition
from tests.sheets_server.formats import effective, kept, merged
from tests.sheets_server.formulas.results import Scalar, Shown
from tests.sheets_server.formulas.syntax import Call, Literal, UnreadableError, parsed
from tests.sheets_server.grid import Sheet
from tests.sheets_server.masks import Mask
from tests.sheets_server.refusals import Json

LINK_COLOR = {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}


def link_of(cell: Cell | None, locale: str) -> str | None:
    """Find where a cell leads: by its format, or by a formula of HYPERLINK.

    Source: measured on the real API by others.
    """
    if cell is None:
        return None
    link = (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri")
    if link or not isinstance(cell.value, Formula):
        return link or None
    try:
        tree = parsed(cell.value.text, locale)
    except UnreadableError:
        return None
    if isinstance(tree, Call) and tree.name == "HYPERLINK" and tree.arguments:
        first = tree.arguments[0]
        return str(first.value) if isinstance(first, Literal) else None
    return None


class Looks:
    """The effective formats of one sheet."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book = book
        self.rules = [
            (
                [box_of(one) for one in rule["ranges"]],
                self.condition(sheet, rule),
                rule["booleanRule"].get("format", {}),
            )
            for rule in sheet.conditional_formats
            if "booleanRule" in rule
        ]

    def condition(self, sheet: Sheet, rule: Json) -> Condition:
        first = box_of(rule["ranges"][0])
        return Condition(
            rule["booleanRule"]["condition"],
            self.book.calculation,
            sheet,
            at=(first.top, first.left),
        )

    def effective(
        self, row: int, column: int, cell: Cell | None, value: Scalar, *, mask: Mask
    ) -> Json:
        """Give the effectiveFormat of a cell; of several rules the first one counts.

        Args:
            row: From 0.
            column: From 0.
            cell: What stands there.
            value: What it shows.
            mask: The fields that are wanted.
        """
        made = effective((cell or EMPTY).format, value)
        if isinstance(value, Shown):
            made.setdefault("numberFormat", value.format)
        link = link_of(cell, self.book.locale)
        if link is not None:
            # Measured by others: a link colours and underlines its text, unless the
            # cell says otherwise.
            color = {
                "foregroundColor": LINK_COLOR,
                "foregroundColorStyle": {"rgbColor": LINK_COLOR},
            }
            made["hyperlinkDisplayType"] = "LINKED"
            own = ((cell or EMPTY).format or {}).get("textFormat", {})
            look = {**color, "underline": True, "link": {"uri": link}}
            made["textFormat"] = merged(made["textFormat"], merged(look, own))
        if mask and set(mask) <= {"numberFormat"}:
            # No rule changes it, and their formulas take long.
            return made
        for boxes, condition, format_ in self.rules:
            inside = any(
                box.top <= row < box.bottom and box.left <= column < box.right
                for box in boxes
            )
            if inside and condition.holds(row, column):
                return merged(made, kept(format_))
        return made
