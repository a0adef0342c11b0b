"""What wordings mean which fields: loaded from data, looked up by rule."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sync.tables.normalise import clean, forms, has_cjk

TableName = Literal[
    "goals", "ratings", "people", "feedback", "checkins", "actions", "leave", "plans"
]
TABLES: tuple[TableName, ...] = (
    "goals",
    "ratings",
    "people",
    "feedback",
    "checkins",
    "actions",
    "leave",
    "plans",
)
"""``kpi`` tables use the fields of ``goals``."""

SURE = 0.97
MAYBE = 0.62
WEAK = 0.55
RULE = 0.82
STRIPPED = 0.85

_WITH_PERSON: tuple[TableName, ...] = (
    "goals",
    "ratings",
    "people",
    "leave",
    "plans",
)

How = Literal["exact", "maybe", "rule", "stripped", "values", "marks", "place"]


class Guess(NamedTuple):
    """A field that a header may mean, before the values are looked at."""

    field: str
    strength: float
    how: How
    wording: str
    """The spelling that matched."""
    is_generic: bool = False
    """Whether any kind of table may have such a header."""


class _Rule(NamedTuple):
    field: str
    zh: re.Pattern[str] | None
    en: re.Pattern[str] | None


class Shape(NamedTuple):
    """What is typical of one kind of table."""

    anchors: tuple[frozenset[str], ...]
    """One field of each set must be there."""
    signs: Mapping[str, float]
    """Field → how much its presence speaks for the kind."""
    usual: tuple[str, ...]
    names: re.Pattern[str]
    """What sheets and titles of the kind are called."""


class Vocabulary:
    """The curated wordings, rules and shapes."""

    def __init__(self, folder: Path) -> None:
        """Read the data files of ``folder``."""
        words = _load(folder / "vocabulary.json")
        rules = _load(folder / "patterns.json")
        shapes = _load(folder / "fields.json")
        self.fields: dict[TableName, dict[str, dict[str, list[str]]]] = {
            table: _resolve(words, table) for table in TABLES
        }
        self._exact = {table: _index(self.fields[table]) for table in TABLES}
        self._rules = {table: _rules(rules, table) for table in TABLES}
        self._neutral = {
            lang: tuple(sorted(rules["neutral"][lang], key=len, reverse=True))
            for lang in ("zh", "en")
        }
        self._unstrippable = frozenset(rules["no_stripping_before"])
        self._generic = frozenset(clean(word) for word in rules["generic"])
        self.shape_of_field: dict[str, str] = shapes["shapes"]
        self.repeatable = frozenset(shapes["repeatable"])
        self.by_group = frozenset(shapes["by_group"])
        self.smart_words = tuple(frozenset(words) for words in shapes["smart_words"])
        self.shapes = {
            table: Shape(
                tuple(frozenset(anchor) for anchor in raw["anchors"]),
                raw["signs"],
                tuple(raw["usual"]),
                re.compile(raw["names"]),
            )
            for table, raw in shapes["tables"].items()
        }
        self._known: dict[str, float] = {}

    def guesses(self, table: TableName, header: str) -> tuple[Guess, ...]:
        """List what a header may mean in one kind of table, the surest first."""
        best: dict[str, Guess] = {}
        for form in forms(header):
            for guess in self._of_spelling(table, form.text):
                weighed = guess._replace(strength=guess.strength * form.faith)
                known = best.get(guess.field)
                if known is None or known.strength < weighed.strength:
                    best[guess.field] = weighed
            if form.faith >= 0.9 and any(
                guess.strength >= STRIPPED * 0.9 for guess in best.values()
            ):
                break
        return tuple(sorted(best.values(), key=lambda guess: -guess.strength))

    def _of_spelling(self, table: TableName, spelling: str) -> list[Guess]:
        is_generic = spelling in self._generic
        found = [
            Guess(name, strength, how, spelling, is_generic)
            for name, strength, how in self._exact[table].get(spelling, ())
        ]
        if any(guess.how == "exact" for guess in found):
            return found
        named = {guess.field for guess in found}
        found += [
            guess
            for guess in self._by_rule(table, spelling)
            if guess.field not in named and not named
        ]
        by_rule = {guess.field for guess in found if guess.how == "rule"}
        if "goal_title" in by_rule and spelling.endswith("目标"):
            # ``2026年目标`` names the goals of the year, or holds its figures.
            found.append(Guess("target", MAYBE, "maybe", spelling))
        if not found:
            found = self._stripped(table, spelling)
        return found

    def _by_rule(self, table: TableName, spelling: str) -> list[Guess]:
        chinese = has_cjk(spelling)
        for rule in self._rules[table]:
            pattern = rule.zh if chinese else rule.en
            if pattern and pattern.fullmatch(spelling):
                return [Guess(rule.field, RULE, "rule", spelling)]
        return []

    def _stripped(self, table: TableName, spelling: str) -> list[Guess]:
        """Look the header up without the words in front that change nothing."""
        rest, changed = _AS_OF.sub("", _PERIOD_AHEAD.sub("", spelling)), True
        if rest != spelling and (known := self._exact[table].get(rest)):
            return [Guess(f, s * STRIPPED, "stripped", rest) for f, s, _ in known]
        neutral = self._neutral["zh" if has_cjk(spelling) else "en"]
        gap = "" if has_cjk(spelling) else " "
        while changed:
            changed = False
            for word in neutral:
                if rest.startswith(word + gap) and len(rest) > len(word + gap):
                    rest, changed = rest[len(word + gap) :], True
                    break
            if changed and rest not in self._unstrippable:
                found = [
                    Guess(name, strength * STRIPPED, "stripped", rest)
                    for name, strength, _ in self._exact[table].get(rest, ())
                ]
                if found:
                    return found
        return []

    def knows(self, header: str) -> float:
        """Tell how surely a text is a header word in any kind of table, 0–1."""
        known = self._known.get(header)
        if known is None:
            known = max(
                (
                    guess.strength
                    for table in TABLES
                    for guess in self.guesses(table, header)[:1]
                    if guess.how != "rule" or _is_brief(guess.wording)
                ),
                default=0.0,
            )
            self._known[header] = known
        return known


_PERIOD_AHEAD = re.compile(
    r"^(?:截[至止])?(?:20\d\d年?(?:度)?)?(?:1?\d ?[-~至到 ] ?1?\d月|1?\d月|[上下]半年|"
    r"q[1-4]|第?[一二三四]季度)(?:份|底|末|止)?|^20\d\d年?(?:度)?"
)
"""The months or the year that a figure is of, as in ``1-8月完成值``."""


_AS_OF = re.compile(
    r" (?:as (?:of|at)|till|until|up to|to|through|at|by|since) (?:mid |year |end |date|"
    r"now|today|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|h[12]|20\d\d).*$"
)


def _is_brief(wording: str) -> bool:
    """Whether a text is no longer than a header: rules would match whole sentences."""
    return len(wording) <= 8 if has_cjk(wording) else wording.count(" ") <= 2


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _resolve(
    words: dict[str, Any], table: TableName
) -> dict[str, dict[str, list[str]]]:
    """Follow ``"goals.period"`` references and add the fields of a person."""
    fields = dict(words["person"]) if table in _WITH_PERSON else {}
    for name, entry in words[table].items():
        if isinstance(entry, str):
            elsewhere, _, field = entry.partition(".")
            fields[name] = words[elsewhere][field]
        else:
            fields[name] = entry
    return fields


def _index(
    fields: dict[str, dict[str, list[str]]],
) -> dict[str, list[tuple[str, float, How]]]:
    index: dict[str, list[tuple[str, float, How]]] = {}
    for name, entry in fields.items():
        ways: tuple[tuple[str, float, How], ...] = (
            ("sure", SURE, "exact"),
            ("maybe", MAYBE, "maybe"),
            ("weak", WEAK, "maybe"),
        )
        for certainty, strength, how in ways:
            for wording in entry.get(certainty, ()):
                meanings = index.setdefault(clean(wording), [])
                if all(field != name for field, _, _ in meanings):
                    meanings.append((name, strength, how))
    return index


def _rules(raw: dict[str, Any], table: TableName) -> tuple[_Rule, ...]:
    words = raw["words"]

    def compiled(pattern: str | None) -> re.Pattern[str] | None:
        if pattern is None:
            return None
        for word, meaning in words.items():
            pattern = pattern.replace("{" + word + "}", meaning)
        return re.compile(pattern)

    return tuple(
        _Rule(
            rule["field"] if isinstance(rule["field"], str) else rule["field"][table],
            compiled(rule.get("zh")),
            compiled(rule.get("en")),
        )
        for rule in raw["rules"]
        if table in rule["in"]
    )


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary that comes with Followup."""
    return Vocabulary(Path(__file__).parent)
