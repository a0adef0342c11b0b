from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sync.assess.evaluation.publishing import Key, Published, State
from sync.history import migrations, schema
from sync.history.store import History

BOOK, OTHER = "/hr/360.xlsx", "/hr/other.xlsx"
KEY: Key = ("ann", "2026H1", "peer")
FIRST = Published(
    on=date(2026, 6, 1),
    n=3,
    share=0.75,
    raters=frozenset("abc"),
    comments=frozenset("x"),
)
SECOND = Published(on=date(2026, 7, 1), n=6, share=0.5, raters=frozenset("abcdef"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def test_what_was_published_is_known_to_the_next_run_of_the_same_source(
    path: Path,
) -> None:
    seen: list[State] = []

    def decide(before: State) -> State:
        seen.append(before)
        return {**before, KEY: SECOND if before else FIRST}

    for source in (BOOK, BOOK, OTHER):
        with History.open(str(path)) as history:
            history.publish(source, decide)

    with History.open(str(path)) as history:
        assert seen == [{}, {KEY: FIRST}, {}]
        assert history.publish(BOOK, lambda before: before) == {KEY: SECOND}


def test_a_decision_that_fails_leaves_what_was_published(path: Path) -> None:
    def fail(_: State) -> State:
        raise ZeroDivisionError

    with History.open(str(path)) as history:
        history.publish(BOOK, lambda _: {KEY: FIRST})
        with pytest.raises(ZeroDivisionError):
            history.publish(BOOK, fail)

        assert history.publish(BOOK, lambda before: before) == {KEY: FIRST}


def test_forgetting_somebody_forgets_what_was_published_about_them(path: Path) -> None:
    other: Key = ("bo", "2026H1", "peer")
    with History.open(str(path)) as history:
        theirs = replace(FIRST, person_key="E1")
        history.publish(BOOK, lambda _: {KEY: theirs, other: FIRST})

        assert history.forget("E1") == 1
        assert history.publish(BOOK, lambda before: before) == {other: FIRST}


def test_a_history_from_before_learns_to_remember_what_is_published(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "VERSION", 2)
        before.setattr(migrations, "STEPS", migrations.STEPS[:2])
        History.open(str(path)).close()

    with History.open(str(path)) as history:
        assert history.publish(BOOK, lambda _: {KEY: FIRST}) == {KEY: FIRST}
