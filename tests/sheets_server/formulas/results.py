"""What a formula can come to."""

from typing import NamedTuple, Self, TypeAlias

from tests.sheets_server.refusals import Json

TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
}
"""What the cell shows → ``ErrorValue.type``."""


class Failure(NamedTuple):
    """An error value, such as ``#N/A``."""

    code: str
    message: str = ""

    @property
    def type(self) -> str:
        return TYPES.get(self.code, "ERROR")


class Shown(float):
    """A number that brings its format along, such as a day that a formula looks up.

    Measured on the real API by others: ``=A7`` is shown as A7 is. What is calculated
    from it is a plain number again.
    """

    __slots__ = ("format",)

    def __new__(cls, value: float, number_format: Json) -> Self:
        made = super().__new__(cls, value)
        made.format = number_format
        return made

    format: Json


Scalar: TypeAlias = str | int | float | bool | Failure | None
"""One cell's worth; None is blank."""
