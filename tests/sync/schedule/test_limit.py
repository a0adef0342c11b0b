"""The end of a run that takes too long, or is told to end."""

import signal
import sys
import threading
import time
from datetime import timedelta

import pytest

from sync.schedule.limit import (
    TimeLimitError,
    stopped_by_terminate,
    undisturbed,
    within,
)

SOON = timedelta(seconds=0.1)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def test_what_is_done_in_time_is_not_disturbed() -> None:
    with within(SOON):
        done = True
    time.sleep(0.2)

    assert done


def test_what_takes_too_long_is_ended_wherever_it_is() -> None:
    began = time.monotonic()
    with pytest.raises(TimeLimitError, match="time limit"), within(SOON):
        time.sleep(30)

    assert time.monotonic() - began < 5
    assert TimeLimitError.exit_code == 2


def test_code_that_goes_on_after_errors_does_not_go_on_then() -> None:
    went_on = []

    @within(SOON)
    def several() -> None:
        try:
            time.sleep(30)
        except Exception as error:  # noqa: BLE001 - what must not catch it
            went_on.append(error)

    with pytest.raises(TimeLimitError):
        several()

    assert went_on == []


@pytest.mark.parametrize("limit", [None, timedelta()])
def test_without_a_limit_there_is_none(limit: timedelta | None) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with within(limit):
        assert signal.getsignal(signal.SIGALRM) is before


def test_a_timer_that_was_set_before_goes_on() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    others = signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with within(timedelta(hours=1)):
            time.sleep(0.3)
        time.sleep(0.1)
    finally:
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *others)

    assert rung == [1]


def test_a_letter_on_its_way_is_finished_first() -> None:
    done = []

    @within(SOON)
    def two() -> None:
        with undisturbed():
            time.sleep(0.3)
            done.append("one")
        done.append("two")

    with pytest.raises(TimeLimitError):
        two()

    assert done == ["one"]


def test_a_request_to_end_waits_for_the_letter_too() -> None:
    done = []

    @stopped_by_terminate()
    def two() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGTERM)
            done.append("one")
        done.append("two")

    with pytest.raises(KeyboardInterrupt):
        two()

    assert done == ["one"]


def test_the_handlers_of_others_are_given_back() -> None:
    def others(*_: object) -> None:
        pass

    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, others)
    try:
        with stopped_by_terminate(), within(timedelta(hours=1)), undisturbed():
            pass
        held = [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGALRM)]
    finally:
        for number in (signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)

    assert held == [others, others]


def test_in_another_thread_nothing_is_limited_and_nothing_breaks() -> None:
    done = []

    def work() -> None:
        with stopped_by_terminate(), within(SOON), undisturbed():
            time.sleep(0.2)
            done.append("one")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert done == ["one"]
