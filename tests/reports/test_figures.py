"""The summary as plain figures says what the page says, and no more."""

import csv
import io
import json
from typing import Any

from reports.page.edition import edition
from reports.page.figures import COLUMNS, figures, figures_csv
from sync.records.model import Status


def test_the_figures_add_up_and_say_their_format(company: Any) -> None:
    judged = company.judge()
    found: Any = json.loads(json.dumps(figures(edition(judged, "hr"), "zh")))
    by_status = [one["n"] for one in found["by_status"].values()]

    assert found["format"] == 1
    assert sum(by_status) == len(judged.goals)
    assert [one["name"] for one in found["people_list"]] == [
        one.person.name for one in judged.people
    ]


def test_an_unknown_change_and_progress_are_null_and_not_zero(org: Any) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "one", Status.NO_DATA)
    found: Any = figures(edition(org.judge(), "hr"), "en")

    assert found["by_status"] == {"no_data": {"n": 1, "change": None}}
    assert found["people_list"][0]["progress"] is None


def test_the_long_table_holds_a_figure_a_row(company: Any) -> None:
    rows = list(
        csv.reader(io.StringIO(figures_csv(edition(company.judge(), "hr"), "en")))
    )
    totals = [int(row[6]) for row in rows if row[3] == "status"]

    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert sum(totals) == len(company.goals)


def test_programs_get_every_department_though_a_chart_has_no_room(org: Any) -> None:
    for n in range(40):
        org.person(f"E{n}", f"N{n}", department=f"D{n}")
        org.goal(f"E{n}", "one", Status.BEHIND)
    found: Any = figures(edition(org.judge(), "hr"), "en")

    assert len(found["groups"]) == 40


def test_a_name_that_looks_like_a_formula_stays_a_name(org: Any) -> None:
    for n, name in enumerate(["=1+1", "@cmd", "Sales, North"]):
        org.person(f"E{n}", f"N{n}", department=name)
        org.goal(f"E{n}", "one", Status.BEHIND)
    rows = list(csv.reader(io.StringIO(figures_csv(edition(org.judge(), "hr"), "en"))))

    assert {row[4] for row in rows if row[3] == "department"} == {
        "'=1+1",
        "'@cmd",
        "Sales, North",
    }


def test_a_managers_figures_are_of_their_reports_only(company: Any) -> None:
    judged = company.judge()
    mine = {one.name for one in company.people if one.manager_key == "E001"}
    found: Any = figures(edition(judged, "manager:e001@example.com"), "zh")

    assert {one["name"] for one in found["people_list"]} <= mine
    assert found["health"] == []
