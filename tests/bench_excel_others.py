"""How other libraries do what `bench_excel.py` weighs, each in its own environment."""

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

bench = import_module("bench_excel")


def openpyxl_write(book: Path, out: Path, n_rows: int) -> None:
    """Load, write the same cells, save; so does the fork of the same name."""
    import openpyxl  # noqa: PLC0415

    workbook = openpyxl.load_workbook(book)
    _write_like_openpyxl("openpyxl", workbook, out, n_rows)


def openpyxl_held(book: Path, out: Path, n_rows: int) -> None:
    """Write with openpyxl, and hold the cycle collector back, as we do."""
    gc.set_threshold(200_000, 50, 50)
    openpyxl_write(book, out, n_rows)


def wolfxl_write(book: Path, out: Path, n_rows: int) -> None:
    """Write in the mode that keeps what it does not change."""
    workbook = import_module("wolfxl").load_workbook(str(book), modify=True)
    _write_like_openpyxl("wolfxl", workbook, out, n_rows)


def _write_like_openpyxl(name: str, workbook: Any, out: Path, n_rows: int) -> None:
    sheet = workbook[bench.SHEET]
    for column, header in enumerate(bench.HEADERS.values(), bench.N_COLUMNS + 1):
        sheet.cell(1, column).value = header
    for row in range(2, n_rows + 2):
        for column, value in enumerate(bench.values(row), bench.N_COLUMNS + 1):
            sheet.cell(row, column).value = value
    red = import_module(f"{name}.styles").PatternFill("solid", bgColor="FFC7CE")
    rule = import_module(f"{name}.formatting.rule").FormulaRule(
        formula=[f'$U2="{bench.STATUSES[2]}"'], fill=red
    )
    sheet.conditional_formatting.add(f"U2:U{n_rows + 1}", rule)
    workbook.save(str(out))


def pyofficeeditor_write(book: Path, out: Path, n_rows: int) -> None:
    """Write cell by cell, which is its one way."""
    excel = import_module("pyofficeeditor.excel")
    with excel.Workbook.open(str(book)) as workbook:
        sheet = workbook[bench.SHEET]
        for column, header in enumerate(bench.HEADERS.values(), bench.N_COLUMNS + 1):
            sheet.cell(1, column).value = header
        for row in range(2, n_rows + 2):
            for column, value in enumerate(bench.values(row), bench.N_COLUMNS + 1):
                sheet.cell(row, column).value = value
        rule = excel.expression(f'$U2="{bench.STATUSES[2]}"')
        look = excel.Dxf(fill=excel.DxfFill(excel.Color(rgb="FFFFC7CE")))
        sheet.add_conditional_format(f"U2:U{n_rows + 1}", rule, dxf=look)
        workbook.save(str(out))


def openpyxl_read(book: Path, _out: Path, _n_rows: int) -> None:
    """Load everything."""
    import openpyxl  # noqa: PLC0415

    openpyxl.load_workbook(book)


WAYS: dict[str, Callable[[Path, Path, int], None]] = {
    "openpyxl": openpyxl_write,
    "openpyxl, held": openpyxl_held,
    "openpyxl-read": openpyxl_read,
    "pyofficeeditor": pyofficeeditor_write,
    "wolfxl": wolfxl_write,
    "paper-xlsx": openpyxl_write,
}

if __name__ == "__main__":
    bench.run(WAYS, sys.argv[2:])
