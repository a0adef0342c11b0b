"""Plant one small mistake after the other, and count those that the tests notice.

``python -m tests.mutants [--every N] [MODULE …]`` runs, for each mistake in a module,
the tests of that module; a mistake that none of them notices is listed.
"""

import argparse
import ast
import copy
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import jinja2
import openpyxl
import pydantic
import pytest
import sqlalchemy
import xlsxwriter

# Loaded once: each mistake is tried in a fork of this process.
LOADED = (jinja2, openpyxl, pydantic, sqlalchemy, xlsxwriter)
WRITEBACK = ("tests/sync/writeback", "tests/properties/test_sync.py",
             "tests/commands/test_sync.py", "tests/commands/test_undo.py")  # fmt: skip
TESTS: dict[str, Sequence[str]] = {
    "sync.assess.status": ("tests/sync/assess",),
    "sync.assess.rulebook": ("tests/sync/assess", "tests/test_docs.py"),
    "sync.writeback.ours": WRITEBACK,
    "sync.writeback.plan": WRITEBACK,
    "reports.audience": ("tests/reports/test_audience.py", "tests/reports"),
}
LIMIT = 60
"""Seconds for the tests of one mistake: one that never ends is noticed, too."""
_OTHER: dict[type[ast.AST], type[Any]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


class _Planted(MetaPathFinder, Loader):
    """Gives one module with a mistake in it."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(
            fullname,
            self.path,
            loader=self,
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), vars(module))


def mistakes(source: str) -> Iterator[tuple[str, ast.Module]]:
    """Give the module with one mistake each, and what the mistake is."""
    whole = ast.parse(source)
    for number, node in enumerate(ast.walk(whole)):
        for n, _ in enumerate(_ways(node)):
            tree = copy.deepcopy(whole)
            here = next(one for i, one in enumerate(ast.walk(tree)) if i == number)
            before = ast.unparse(here)
            list(_ways(here))[n]()
            line = getattr(here, "lineno", 0)
            yield (
                f"{line}: {before}  →  {ast.unparse(here)}",
                ast.fix_missing_locations(tree),
            )


def _ways(node: ast.AST) -> Iterator[Any]:
    """Give what changes a node in place, once for each way to get it wrong."""
    if isinstance(node, ast.Compare):
        for n, op in enumerate(node.ops):
            if other := _OTHER.get(type(op)):
                yield lambda n=n, other=other: node.ops.__setitem__(n, other())
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        other = _OTHER.get(type(node.op))
        # `int | None` is a type and no sum.
        if other:
            yield lambda: setattr(node, "op", other())
    elif isinstance(node, ast.If | ast.IfExp):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        new = not node.value if isinstance(node.value, bool) else node.value + 1
        yield lambda: setattr(node, "value", new)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield lambda: setattr(node, "value", ast.Constant(None))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield node.ifs.clear


def survives(module: str, path: Path, tree: ast.Module) -> bool:
    """Run a module's tests with a mistake in it; tell whether all of them pass."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.alarm(LIMIT)
        sys.meta_path.insert(0, _Planted(module, path, tree))
        words = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:cov", *TESTS[module]]
        os._exit(int(pytest.main(words)))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try every Nth mistake")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after these")
    parser.add_argument("modules", nargs="*", default=list(TESTS))
    given = parser.parse_args()
    began = time.monotonic()
    for module in given.modules:
        path = Path(*module.split(".")).with_suffix(".py").resolve()
        source = path.read_text("utf-8")
        if not survives(module, path, ast.parse(source)):
            sys.exit(f"{module}: its tests fail without any mistake")
        tried = left = 0
        for what, tree in list(mistakes(source))[:: given.every]:
            if time.monotonic() - began > given.seconds:
                break
            tried += 1
            if survives(module, path, tree):
                left += 1
                click.echo(f"{module}:{what}")
        click.echo(f"{module}: {tried - left} of {tried} noticed")


if __name__ == "__main__":
    main()
