from tests.sheets_server.cells import Formula
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.grid import Sheet


class Calculation:
    def __init__(self, sheets: list[Sheet], locale: str) -> None:
        self.sheets = sheets
        self.locale = locale

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        value = sheet.value(row, column)
        return Failure("#NAME?") if isinstance(value, Formula) else value

    def row(self, sheet: Sheet, number: int, left: int, right: int) -> list[Scalar]:
        """Give the values of one row as far as it holds any."""
        width = min(right, len(sheet.rows[number].cells))
        return [self.value(sheet, number, column) for column in range(left, width)]
