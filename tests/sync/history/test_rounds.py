"""Rounds: every time a command was at work, and slots that are kept once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sync.history import rounds
from sync.history.rounds import Beginning, End, Round, Rounds
from sync.history.store import History

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
STALE = timedelta(hours=12)
MONDAY = Beginning(
    job="followup-1", command="sync", slot="2026-11-23T07:30", host="a", pid=1, at=AT
)


@pytest.fixture
def kept() -> Iterator[Rounds]:
    with History.open("sqlite://") as history:
        yield history.rounds


def begin(kept: Rounds, one: Beginning = MONDAY) -> int:
    number = kept.begin(one, stale_after=STALE)

    assert isinstance(number, int)
    return number


def end(kept: Rounds, number: int, outcome: str = "done") -> None:
    code = 0 if outcome == "done" else 2
    kept.end(number, End(at=AT, outcome=outcome, exit_code=code, counts={"goals": 3}))


def test_a_slot_that_was_done_is_not_begun_again(kept: Rounds) -> None:
    end(kept, begin(kept))
    again = kept.begin(replace(MONDAY, pid=2), stale_after=STALE)

    assert isinstance(again, Round)
    assert (again.outcome, again.counts) == ("done", {"goals": 3})
    assert kept.kept("followup-1", MONDAY.slot or "")
    assert not kept.kept("followup-2", MONDAY.slot or "")


def test_a_slot_whose_run_failed_is_begun_again(kept: Rounds) -> None:
    end(kept, begin(kept), "failed")

    assert begin(kept) > 1
    assert kept.last_fine("followup-1") is None


def test_a_run_that_was_killed_is_found_out_by_the_next_on_the_same_machine(
    kept: Rounds,
) -> None:
    begin(kept)
    begin(kept, replace(MONDAY, at=AT + timedelta(hours=1)))

    assert [one.outcome for one in kept.listed()] == ["running", "crashed"]


def test_another_machine_at_work_on_the_slot_is_left_alone_until_it_is_stale(
    kept: Rounds,
) -> None:
    begin(kept)
    there = replace(MONDAY, host="b", at=AT + timedelta(hours=1))
    held = kept.begin(there, stale_after=STALE)

    assert isinstance(held, Round)
    assert (held.host, held.outcome) == ("a", "running")
    assert begin(kept, replace(there, at=AT + STALE)) > held.id


def test_runs_that_people_start_never_keep_a_slot_from_being_run(kept: Rounds) -> None:
    end(kept, begin(kept, replace(MONDAY, slot=None)))

    assert begin(kept)
    assert kept.last_fine("followup-1") is None


def test_only_the_newest_rounds_of_a_job_are_remembered(
    kept: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "KEPT", 3)
    end(kept, begin(kept, replace(MONDAY, job="followup-2")))
    for _ in range(6):
        end(kept, begin(kept, replace(MONDAY, slot=None)))

    assert len(kept.listed("followup-1")) == 3
    assert len(kept.listed("followup-2")) == 1
