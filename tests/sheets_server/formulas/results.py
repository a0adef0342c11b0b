"""What a formula can come to."""

from typing import NamedTuple, TypeAlias

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


Scalar: TypeAlias = str | int | float | bool | Failure | None
"""One cell's worth; None is blank."""
