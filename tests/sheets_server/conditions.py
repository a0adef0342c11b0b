"""Conditions on cells: of conditional formats and of filters."""

from collections.abc import Callable

from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.grid import Sheet
from tests.sheets_server.references import REFERENCE, carried, sheet_named
from tests.sheets_server.refusals import Json

TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, part: part in text,
    "TEXT_NOT_CONTAINS": lambda text, part: part not in text,
    "TEXT_STARTS_WITH": lambda text, part: text.startswith(part),
    "TEXT_ENDS_WITH": lambda text, part: text.endswith(part),
    "TEXT_EQ": lambda text, part: text == part,
    "TEXT_NOT_EQ": lambda text, part: text != part,
}
NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "NUMBER_GREATER": lambda number, to: number > to[0],
    "NUMBER_GREATER_THAN_EQ": lambda number, to: number >= to[0],
    "NUMBER_LESS": lambda number, to: number < to[0],
    "NUMBER_LESS_THAN_EQ": lambda number, to: number <= to[0],
    "NUMBER_EQ": lambda number, to: number == to[0],
    "NUMBER_NOT_EQ": lambda number, to: number != to[0],
    "NUMBER_BETWEEN": lambda number, to: to[0] <= number <= to[1],
    "NUMBER_NOT_BETWEEN": lambda number, to: not to[0] <= number <= to[1],
}


class Condition:
    """A BooleanCondition, written for the upper left cell of its range."""

    def __init__(
        self,
        condition: Json,
        calculation: Calculation,
        sheet: Sheet,
        *,
        at: tuple[int, int],
    ) -> None:
        self.kind = str(condition.get("type"))
        self.values = [
            str(one.get("userEnteredValue", "")) for one in condition.get("values", [])
        ]
        self.calculation = calculation
        self.sheet = sheet
        self.at = at

    def holds(self, row: int, column: int) -> bool:
        """Say whether it holds for a cell."""
        value = self.calculation.value(self.sheet, row, column)
        if self.kind == "CUSTOM_FORMULA":
            return self.formula_holds(row, column)
        if self.kind in {"BLANK", "NOT_BLANK"}:
            return (value in (None, "")) is (self.kind == "BLANK")
        given = [self.read(text, row, column) for text in self.values]
        if self.kind in TEXTS:
            shown = "" if isinstance(value, Failure) else coercion.text(value)
            return TEXTS[self.kind](
                shown.casefold(), coercion.text(given[0]).casefold()
            )
        if self.kind not in NUMBERS or isinstance(value, bool | str | Failure | None):
            return False
        return NUMBERS[self.kind](value, [coercion.number(one) for one in given])

    def read(self, text: str, row: int, column: int) -> Scalar:
        """Read what somebody typed as the value to compare with."""
        if text.startswith("="):
            return self.calculation.outcome(self.sheet, row, column, text)
        return text

    def formula_holds(self, row: int, column: int) -> bool:
        text = self.values[0]
        for match in REFERENCE.finditer(text):
            # Documented: such a formula sees its own sheet only.
            if (sheet_named(match) or self.sheet.title) != self.sheet.title:
                return False
        moved = carried(text, row - self.at[0], column - self.at[1])
        value = self.calculation.outcome(self.sheet, row, column, moved)
        return isinstance(value, bool | int | float) and bool(value)
