"""Brings a catalogue up to date: what is said in Chinese, extracted and listed.

``python tests/catalogue.py zh-TW`` adds new sentences and drops those nobody says any
more. New ones are proposed by OpenCC, in the words of ``tests/taiwan.toml``.
Whatever a person has changed stays as they left it.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import opencc
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

from reports.translate import pieces, speaks
from sync.languages import FOLDER, languages

ROOT = Path(__file__).resolve().parents[1]
_CHINESE = re.compile("[\u3400-\u9fff“”]")
_LINT = ROOT / "sync" / "smart" / "wording"
_PAGES = ("report", "outbox")
"""They speak Chinese and English side by side, to whoever opens them."""
_LINT_WORDS = ("title", "what", "fix")


def extracted() -> Mapping[str, tuple[str, ...]]:
    """Give every sentence said in Chinese, with the files that say it, in their order."""
    found: dict[str, dict[str, None]] = {}
    for path, said in _said():
        found.setdefault(said, {})[path.relative_to(ROOT).as_posix()] = None
    return {said: tuple(files) for said, files in found.items()}


def _said() -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / "templates").glob("*.j2")):
        if not path.name.endswith(".en.j2") and not path.name.startswith(_PAGES):
            yield from ((path, one) for one in _of_template(path) if speaks(one))
    for package in ("sync", "reports"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield from ((path, one) for one in _of_module(path))
    for path in sorted(_LINT.glob("*.toml")):
        yield from ((path, one) for one in _of_rules(path))


def _of_template(path: Path) -> Iterator[str]:
    environment = Environment(trim_blocks=True, lstrip_blocks=True)
    source = path.read_text(encoding="utf-8")
    yield from pieces(environment.lexer.tokenize(source))


def _of_module(path: Path) -> Iterator[str]:
    """Give the Chinese of every ``Text("…", "…")``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0]
        if called == "Text" and isinstance(first, ast.Constant):
            said = str(first.value)
            if _CHINESE.search(said):
                yield said


def _of_rules(path: Path) -> Iterator[str]:
    for rule in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for key, said in rule.get("zh", {}).items():
            if key.startswith(_LINT_WORDS) and isinstance(said, str):
                yield said


def _proposer() -> Callable[[str], str]:
    convert = opencc.OpenCC("s2twp").convert
    words = tomllib.loads((ROOT / "tests/taiwan.toml").read_text(encoding="utf-8"))
    before, after = words["before"], words["after"]

    def propose(said: str) -> str:
        for one, other in before.items():
            said = re.sub(one, other, said)
        said = convert(said)
        for one, other in after.items():
            said = re.sub(one, other, said)
        return said.replace("\u2060", "")

    return propose


def update(tag: str) -> tuple[int, int]:
    """Write the catalogue anew; give how many sentences it has, and how many are new."""
    path = FOLDER / f"{tag}.po"
    head = path.read_text(encoding="utf-8").partition("\n\n")[0]
    with path.open("rb") as file:
        old = read_po(file, locale=languages()[tag].locale)
    known = {str(one.id): str(one.string) for one in old if one.id}
    new, propose, n_new = Catalog(), _proposer(), 0
    for said, files in extracted().items():
        string = known.get(said, "")
        if not string:
            string = propose(said)
            n_new += 1
        new.add(said, string, locations=[(file, 0) for file in files])
    body = BytesIO()
    write_po(body, new, width=0, omit_header=True)
    # The head says what the language is: it is written by hand and stays.
    path.write_text(f"{head}\n\n{body.getvalue().decode()}", encoding="utf-8")
    return len(new), n_new


if __name__ == "__main__":
    for name in sys.argv[1:] or ["zh-TW"]:
        print(name, *update(name))  # noqa: T201
