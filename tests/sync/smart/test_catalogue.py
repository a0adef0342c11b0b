import re
from collections.abc import Callable
from string import Formatter

import pytest

from sync.smart.catalogue import RULES, rule
from sync.smart.docs import docs, message, title_of
from sync.smart.model import LETTERS, Lint
from sync.smart.rules import Rule
from sync.wording import LANGS, Lang

LintRows = Callable[..., Lint]
CodesOf = Callable[[Lint], list[str]]
EACH_RULE = pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGS)


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len({one.code for one in RULES}) == len(RULES)
    assert len({one.name for one in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[SMART][0-3]\d\d", one.code) for one in RULES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.name) for one in RULES)


def test_every_letter_has_at_least_three_rules() -> None:
    for letter in LETTERS:
        assert sum(one.letter == letter for one in RULES) >= 3, letter


def test_rules_come_in_the_order_of_the_letters() -> None:
    letters = [one.letter for one in RULES]

    assert letters == sorted(letters, key=LETTERS.index)


@EACH_RULE
def test_a_rule_judges_either_one_goal_or_a_set(one: Rule) -> None:
    assert one.code[0] == one.letter
    assert (one.check is None) != (one.check_set is None)
    assert (one.check_set is not None) == (one.scope in ("set", "table"))


@EACH_RULE
@EACH_LANGUAGE
def test_every_part_of_the_documentation_is_written(one: Rule, lang: Lang) -> None:
    doc = docs(one.code)[lang]

    assert title_of(one.code, lang)
    assert len(doc.checks) > 8
    assert len(doc.why) > 5
    assert doc.example
    assert doc.instead
    assert ("。" in doc.checks) == (lang == "zh")


@EACH_RULE
def test_both_languages_fill_the_same_slots(one: Rule) -> None:
    words = message(one.code)
    for text in (words.what, words.fix):
        slots = [
            {name for _, name, _, _ in Formatter().parse(t) if name}
            for t in (text.zh, text.en)
        ]

        assert slots[0] == slots[1]
        assert not text.en.endswith(".")
        assert not text.zh.endswith("。")


@EACH_RULE
@EACH_LANGUAGE
def test_the_example_raises_the_rule_and_the_better_text_does_not(
    one: Rule, lang: Lang, lint_rows: LintRows, codes_of: CodesOf
) -> None:
    doc = docs(one.code)[lang]

    assert one.code in codes_of(lint_rows(*doc.example))
    assert one.code not in codes_of(lint_rows(*doc.instead))


@EACH_RULE
def test_findings_of_the_examples_can_be_read_in_both_languages(
    one: Rule, lint_rows: LintRows
) -> None:
    for doc in docs(one.code).values():
        result = lint_rows(*doc.example)
        rows = [finding for verdict in result.verdicts for finding in verdict.findings]
        for finding in (*rows, *result.findings):
            assert finding.at is not None
            for lang in LANGS:
                assert "{" not in finding.what.in_(lang) + finding.fix.in_(lang)


def test_a_rule_is_found_by_code_and_by_name_in_either_case() -> None:
    assert rule("t001").code == "T001"
    assert rule("due-date-missing").code == "T001"
    with pytest.raises(KeyError):
        rule("Z999")
