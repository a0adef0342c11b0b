"""What several workbooks are called, and where a click on one of their cells leads."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sync.cells import CellRef
from sync.cli.gather import Failure, Gathered
from sync.config.model import Config
from sync.engines.work import Judged, Task, judge
from sync.errors import WorkbookError
from sync.wording import same

SHEETS = "https://docs.google.com/spreadsheets/d/"


def judged(path: Path, address: str = "", name: str = "") -> Judged:
    task = Task(
        locator=str(path),
        path=str(path),
        tables=(),
        config=Config(),
        today=date(2026, 11, 22),
    )
    one = judge(task)
    if not address:
        return one
    return replace(one, locator=address, path=address, name=name, gids={"Goals": 7})


def test_a_click_leads_into_the_workbook_that_the_goal_is_in(write: Any) -> None:
    path = write()
    east, west = f"{SHEETS}{'e' * 20}", f"{SHEETS}{'w' * 20}"
    gathered = Gathered(
        judged=(judged(path, east, "Goals 2026"), judged(path, west, "Goals 2026"),
                judged(path)),
        many=True,
        whole="config.toml",
    )  # fmt: skip
    goals = gathered.joined(Config()).goals
    cells = [goal.goal.at("goal_title") for goal in goals if goal.goal.goal_id == "G-1"]

    assert [at.sheet for at in cells] == [
        "[Goals 2026]Goals",
        "[Goals 2026 (2)]Goals",
        "[goals.xlsx]Goals",
    ]
    assert [gathered.link(at) for at in cells] == [
        f"{east}/edit#gid=7&range=C2",
        f"{west}/edit#gid=7&range=C2",
        None,
    ]


def test_a_single_sheet_on_the_web_is_linked_too(write: Any) -> None:
    address = f"{SHEETS}{'e' * 20}"
    one = judged(write(), address, "Goals 2026")
    gathered = Gathered(judged=(one,), many=False, whole="config.toml")
    origin = gathered.origin()

    assert origin.name == "Goals 2026"
    assert origin.links(CellRef("Goals", 4, 2)) == f"{address}/edit#gid=7&range=B4"
    assert origin.links(CellRef("Gone", 4, 2)) is None


def test_what_could_not_be_read_is_a_finding_of_the_whole(write: Any) -> None:
    gathered = Gathered(
        judged=(judged(write()),),
        failures=(
            Failure("/hr/west.xlsx", WorkbookError(same("there is no such file"))),
        ),
        many=True,
        whole="config.toml",
    )
    found = [one for one in gathered.joined(Config()).findings if one.code == "L190"]

    (told,) = (one.what.in_("en") for one in found)

    assert told.startswith('"west.xlsx" could not be read this time')
    assert told.endswith("there is no such file")
    assert gathered.code(0) == 1
