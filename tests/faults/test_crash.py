"""A sample of what `make crash` tries at every step, and that it would notice harm."""

import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from tests.faults.crash import human, power
from tests.faults.crash.__main__ import error, kill
from tests.faults.crash.forks import Forks
from tests.faults.crash.scene import Rest, office

Faults = Callable[[Forks, Rest, str, int], Iterator[tuple[str, list[str]]]]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("strace"), reason="strace is not here"
)
AT_MOST = 4
"""Faults of a kind: each takes some seconds on a busy machine."""


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    running = Forks(tmp_path_factory.mktemp("crash"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def rest(forks: Forks) -> Rest:
    with office(forks) as scene:
        return scene.rest()


@pytest.mark.parametrize(
    ("faults", "every"),
    [(kill, 131), (error, 803), (power.cuts, 61), (human.saves, 61)],
    ids=["killed", "refused", "without-power", "saved-meanwhile"],
)
def test_sync_that_is_disturbed_loses_nothing_and_comes_to_the_same_end(
    forks: Forks, rest: Rest, faults: Faults, every: int
) -> None:
    tried = dict(islice(faults(forks, rest, "", every), AT_MOST))

    assert len(tried) >= AT_MOST // 2
    assert {when: wrong for when, wrong in tried.items() if wrong} == {}


@pytest.mark.parametrize("bug", ["no-backup", "lost-mode"])
def test_mistake_that_shows_at_once_is_caught(
    forks: Forks, rest: Rest, bug: str
) -> None:
    with office(forks, bug) as scene:
        scene.run()

        assert scene.wrong_now(rest)


@pytest.mark.parametrize("bug", ["", "no-folder-sync"])
def test_power_cut_shows_what_was_never_synced(
    forks: Forks, rest: Rest, bug: str
) -> None:
    with office(forks, bug) as scene:
        before = scene.files()
        events = power.record(scene)
    wrong = []
    for n in range(0, len(events) + 1, 5):
        left = dict(power.images(before, events[:n]))["only what was synced"]
        with office(forks, bug) as scene:
            power.restore(scene, left)
            wrong += scene.wrong_now(rest)

    assert bool(wrong) == bool(bug)
