"""Everything that is said to people is said in both languages, and says the same."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path for package in ("sync", "reports") for path in (ROOT / package).rglob("*.py")
)
CHINESE = re.compile("[\u3400-\u9fff]")
SPOKEN = re.compile(r"[a-z]{3,} [a-z]{2,}")
"""Two words of English beside each other: more than a name, a key or a command."""
HALF_WIDTH = re.compile(
    "[\u3400-\u9fff][,;:?!]|[,;:?!][\u3400-\u9fff]|[\u3400-\u9fff]\\.( |$)"
)
CODE = re.compile(
    r"\{[^}]*\}|--?[a-z-]+|followup [a-z ]+|https?://\S+|[\w./:-]*[./:_]\S*", re.ASCII
)

NUMERALS = {"{year} 年第{n}季度"}
"""Where Chinese takes a numeral of its own and English a figure."""


@cache
def calls(path: Path) -> tuple[tuple[str, ast.Call], ...]:
    return tuple(
        (node.func.id, node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )


def texts() -> Iterator[tuple[str, str, str]]:
    """Give where, Chinese and English of every ``Text("…", "…")``."""
    for path in MODULES:
        for name, call in calls(path):
            said = [one.value for one in call.args[:2] if isinstance(one, ast.Constant)]
            if name == "Text" and len(said) == 2 and all(said):
                at = f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
                yield at, str(said[0]), str(said[1])


def slots(template: str) -> set[str]:
    found = {name for _, name, _, _ in Formatter().parse(template) if name}
    # What is ready in both languages comes in by two names.
    return found - {"zh", "en"}


def our_errors() -> frozenset[str]:
    """Name the classes whose words people read."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = {"FollowupError", "UnfitError", "MisuseError", "UnfitValueError"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return frozenset(found)


def test_no_error_is_said_in_one_language_only() -> None:
    names = our_errors()
    plain = [
        f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
        for path in MODULES
        for name, call in calls(path)
        if name in names
        for said in (
            *call.args[:1],
            *(k.value for k in call.keywords if k.arg == "hint"),
        )
        if isinstance(said, ast.Constant | ast.JoinedStr | ast.BinOp)
    ]

    assert plain == []
    assert len(names) > 20


def test_both_languages_have_the_same_slots() -> None:
    """Where there is one, English may say so instead: one goal."""
    wrong = [
        at
        for at, zh, en in texts()
        if slots(en) ^ slots(zh)
        and not re.search(r"\bone\b", en)
        and zh not in NUMERALS
    ]

    assert wrong == []


def test_chinese_is_chinese() -> None:
    untold = [
        at
        for at, zh, en in texts()
        if "{zh}" not in zh
        and zh != en
        and SPOKEN.search(CODE.sub("", en))
        and not CHINESE.search(zh)
    ]

    assert untold == []
    assert sum(1 for _ in texts()) > 1000


def test_chinese_has_the_signs_of_chinese() -> None:
    """Half-width commas and brackets beside Chinese look like a machine's."""
    assert [at for at, zh, _ in texts() if HALF_WIDTH.search(CODE.sub("", zh))] == []
