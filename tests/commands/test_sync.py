"""The main job, as a person runs it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

from sync.workbooks.open import open_workbook

Run = Callable[..., Result]
Write = Callable[..., Path]


def cells(path: Path, sheet: str = "Goals") -> dict[str, Any]:
    tab = open_workbook(str(path)).snapshot().sheet(sheet)
    assert tab
    return {
        f"{'ABCDEFGHIJKLMNOPQ'[column]}{row.number}": value
        for row in tab.rows
        for column, value in enumerate(row.values)
        if value is not None
    }


def test_sync_writes_status_and_reason_beside_the_goals(run: Run, write: Write) -> None:
    path = write()
    before = cells(path)
    result = run("sync", path, "--yes")
    after = cells(path)

    assert result.exit_code == 0
    assert "wrote" in result.stdout
    assert after["J1"] == "Follow-up"
    assert after["J3"] == "■ Overdue"
    assert "[overdue" in after["K3"]
    assert {cell: after[cell] for cell in before} == before


def test_without_a_terminal_sync_asks_for_yes_and_changes_nothing(
    run: Run, write: Write
) -> None:
    path = write()
    before = path.read_bytes()
    result = run("sync", path)

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert path.read_bytes() == before


def test_a_second_sync_writes_nothing_and_needs_no_yes(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    run("sync", path, "--yes")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    stamp = path.stat().st_mtime_ns
    result = run("sync", path)

    assert result.exit_code == 0
    assert "up to date" in result.stdout
    assert "no new letters" in result.stdout
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    assert path.stat().st_mtime_ns == stamp


def test_plan_shows_the_same_and_touches_nothing(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*")}
    shown = run("plan", path)
    planned = json.loads(run("plan", path, "--json").stdout)

    assert 'new column J "Follow-up"' in shown.stdout
    assert 'board sheet "Follow-up board"' in shown.stdout
    assert not planned["empty"]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*")} == before

    run("sync", path, "--yes")
    done = json.loads(run("plan", path, "--json").stdout)
    assert done["empty"]
    assert done["letters"] == []


def test_sync_as_json_tells_what_was_done(run: Run, write: Write) -> None:
    path = write()
    done = json.loads(run("sync", path, "--yes", "--json").stdout)

    assert done["outcome"] == "applied"
    assert done["written_to"] == str(path)
    assert done["goals"] == 3
    assert done["letters"]


def test_every_letter_without_an_address_waits_in_the_outbox(
    run: Run, write: Write, tmp_path: Path
) -> None:
    run("sync", write(), "--yes")
    listed = json.loads(run("mail", "list", "--json").stdout)
    page = run("mail", "preview").stdout.strip()

    assert {one["state"] for one in listed} == {"held"}
    assert {one["name"] for one in listed} >= {"Ann Lee", "Bo Chen"}
    assert Path(page) == tmp_path / "outbox" / "index.html"
    assert "Ann Lee" in Path(page).read_text("utf-8")


def test_what_a_person_types_into_our_column_survives_a_sync(
    run: Run, write: Write
) -> None:
    import openpyxl  # noqa: PLC0415 - a person's own program, for once

    path = write()
    run("sync", path, "--yes")
    book = openpyxl.load_workbook(path)
    book["Goals"]["J2"] = "Ann is on leave until May"
    book.save(path)
    result = run("sync", path, "--yes")

    assert cells(path)["J2"] == "Ann is on leave until May"
    assert "Ann is on leave until May" in result.stderr


def test_clean_takes_everything_of_ours_away(run: Run, write: Write) -> None:
    path = write()
    before = path.read_bytes()
    run("sync", path, "--yes")
    result = run("clean", path, "--yes")

    assert result.exit_code == 0
    assert path.read_bytes() == before


def test_a_csv_is_read_and_its_results_go_into_a_workbook_beside_it(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "目标.csv"
    text = (
        "姓名,目标,权重,截止日期,完成进度\n王芳,6月底前开两家新店,100%,2026-06-30,40%\n"
    )
    path.write_bytes(text.encode("gb18030"))
    result = run("sync", path, "--yes", "--json")

    done = json.loads(result.stdout)
    assert result.exit_code == 0
    assert path.read_bytes() == text.encode("gb18030")
    assert Path(done["written_to"]) != path
    assert "■ 逾期" in cells_of_any_sheet(Path(done["written_to"]))


def cells_of_any_sheet(path: Path) -> set[Any]:
    sheets = open_workbook(str(path)).snapshot().sheets
    return {value for sheet in sheets for row in sheet.rows for value in row.values}


def test_history_lists_the_runs_and_one_goal_over_time(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes", "--as-of", "2026-05-04")
    run("sync", path, "--yes", "--as-of", "2026-07-06")
    runs = json.loads(run("history", "--json").stdout)
    line = json.loads(run("history", path, "--goal", "G-2", "--json").stdout)

    assert [one["as_of"] for one in runs] == ["2026-07-06", "2026-05-04"]
    assert [(seen["on"], seen["status"]) for seen in line][-1] == (
        "2026-07-06",
        "overdue",
    )
    assert line[0]["on"] == "2026-05-04"


def test_the_second_letter_says_what_changed(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes", "--as-of", "2026-05-04")
    run("sync", path, "--yes", "--as-of", "2026-07-06")
    letters = json.loads(run("mail", "list", "--json").stdout)
    weeks = {one["key"].split(":")[2] for one in letters if one["name"] == "Ann Lee"}

    assert weeks == {"2026-W19", "2026-W28"}


def test_a_task_list_without_goals_is_followed_up_as_it_is(
    run: Run, write: Write
) -> None:
    path = write(
        [
            ["Action ID", "Issue", "Action", "Owner", "Due", "Status"],
            ["A-1", "Late deliveries", "Talk to the carrier", "Ann Lee", "2026-03-31",
             "Open"],
            ["A-2", "Wrong labels", "Print new labels", "Bo Chen", "2026-12-31",
             "Done"],
            ["A-3", "Cold storage", "Repair the door", "Bo Chen", "2026-12-31", "Open"],
        ],
        sheet="Action log",
    )  # fmt: skip
    kinds = json.loads(run("columns", path, "--json").stdout)["tables"]
    result = run("sync", path, "--yes")

    assert [table["kind"] for table in kinds] == ["actions"]
    assert result.exit_code == 0
    assert "the tasks are followed up" in result.stderr
    assert cells(path, "Action log")["G2"] == "■ Overdue"
