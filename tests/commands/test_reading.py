"""The commands that only look."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]


def test_columns_gives_every_column_a_field_or_says_it_is_not_understood(
    run: Run, write: Write, sheet: list[list[Any]]
) -> None:
    rows = [[*row, "x"] for row in sheet]
    rows[0][-1] = "Zodiac"
    (table,) = json.loads(run("columns", write(rows), "--json").stdout)["tables"]

    assert table["kind"] == "goals"
    assert (table["sheet_index"], table["header_row"]) == (0, 1)
    fields = {column["header"]: column["field"] for column in table["columns"]}
    assert fields == {
        "ID": "goal_id",
        "Employee": "employee_name",
        "Goal": "goal_title",
        "Target": "target",
        "Actual": "actual",
        "Weight": "weight",
        "Start": "start_date",
        "Due": "due_date",
        "Status": "status",
        "Zodiac": None,
    }
    assert all(column["why"] for column in table["columns"])
    assert all(0 <= column["confidence"] <= 1 for column in table["columns"])


def test_the_users_own_word_outranks_the_recognition(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    (tmp_path / "config.toml").write_text(
        '[[source]]\npath = "goals.xlsx"\n[[source.table]]\nsheet = "Goals"\n'
        '[source.table.columns]\nStatus = "comments"\nF = "ignore"\n',
        "utf-8",
    )
    (table,) = json.loads(run("columns", "--json").stdout)["tables"]
    fields = {column["column"]: column["field"] for column in table["columns"]}

    assert path.name == "goals.xlsx"
    assert (fields["I"], fields["F"]) == ("comments", None)


def test_columns_speaks_of_sheets_as_people_do(run: Run, write: Write) -> None:
    rows = [(f"INV-{n}", "Blue Lake Ltd", 100 + n, "paid") for n in range(6)]
    heads = ("Invoice", "Customer", "Amount", "Payment")
    path = write([heads, *rows], name="bills.xlsx")
    goals = run("--lang", "zh", "columns", write()).stdout
    bills = run("--lang", "zh", "columns", path).stdout

    assert "目标（goals）" in goals
    assert "不是目标、评分、人员等表" in bills
    assert "字段" not in bills


def test_history_says_that_there_is_none(run: Run, write: Write) -> None:
    path = write()

    assert run("--lang", "zh", "history", path).stdout == "还没有同步过\n"
    assert "no goal was changed" in run("history", path, "--changes").stdout


@pytest.mark.parametrize("day", ["2026-13-40", "tomorrow"])
def test_a_day_that_is_none_comes_with_an_example(
    run: Run, write: Write, day: str
) -> None:
    result = run("status", write(), "--as-of", day)

    assert result.exit_code == 2
    assert "write one as 2026-11-23" in result.stderr
    assert "%Y" not in result.stderr + run("status", "--help").stdout


def test_check_exits_1_when_a_finding_is_an_error(run: Run, write: Write) -> None:
    result = run("check", write(), "--json")
    found = json.loads(result.stdout)

    errors = [one for one in found["findings"] if one["severity"] == "error"]
    assert result.exit_code == (1 if errors else 0)
    vague = [one for one in found["findings"] if one["goal"] == "G-3"]
    assert {"M", "T"} <= {one["letter"] for one in vague}
    assert all(one["sheet"] == "Goals" and one["row"] == 4 for one in vague)
    assert found["summary"]["goals"] == 3


def test_check_speaks_the_language_it_is_asked_for(run: Run, write: Write) -> None:
    path = write()

    assert "fix: " in run("check", path).stdout
    assert "改法：" in run("--lang", "zh", "check", path).stdout


def test_status_stands_beside_what_is_claimed(run: Run, write: Write) -> None:
    result = run("status", write(), "--json")
    goals = {one["goal"]: one for one in json.loads(result.stdout)["goals"]}

    assert goals["G-1"]["status"] == "behind"
    assert goals["G-1"]["progress"] == 0.5
    assert (goals["G-2"]["status"], goals["G-2"]["claimed"]) == ("overdue", "on_track")
    assert goals["G-2"]["disagrees"]
    assert (goals["G-3"]["status"], goals["G-3"]["progress"]) == ("no_data", None)


def test_status_of_another_day_is_judged_as_on_that_day(run: Run, write: Write) -> None:
    result = run("status", write(), "--as-of", "2026-01-03", "--json")
    goals = {one["goal"]: one["status"] for one in json.loads(result.stdout)["goals"]}

    assert goals["G-2"] not in {"overdue", "behind"}


def test_smart_lints_arguments_and_lines_alike(run: Run) -> None:
    texts = ["提升客户满意度", "Raise NPS in the East from 32 to 45 by 30 June 2027"]
    given = json.loads(run("smart", *texts, "--json").stdout)
    piped = json.loads(run("smart", "--json", stdin="\n".join(texts)).stdout)

    assert given == piped
    assert [one["lang"] for one in given] == ["zh", "en"]
    assert given[0]["score"] < 60 <= given[1]["score"]
    assert {"M", "T"} <= set(given[0]["missing"])
    assert "【" in given[0]["suggestion"]


def test_rules_lists_all_and_explains_one_in_both_languages(run: Run) -> None:
    listed = json.loads(run("rules", "--json").stdout)
    code = listed[0]["code"]

    assert {one["letter"] for one in listed} == set("SMART")
    assert "Why it matters" in run("rules", code).stdout
    assert "为什么重要" in run("--lang", "zh", "rules", code.lower()).stdout
    assert run("rules", "Z999").exit_code == 2


def test_init_writes_a_config_that_is_understood(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    first = run("init", path.name)
    again = run("init", path.name)

    assert first.exit_code == 0
    assert again.exit_code == 2
    assert '# E = "actual"  # Actual' in (tmp_path / "config.toml").read_text("utf-8")
    assert run("columns", "--json").exit_code == 0


def test_every_commented_line_of_init_is_valid_when_uncommented(
    run: Run, write: Write, tmp_path: Path
) -> None:
    run("init", write().name)
    config = tmp_path / "config.toml"
    lines = config.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line == "# [[source.table]]")
    freed = [line.removeprefix("# ") for line in lines[start:]]
    freed = [line for line in freed if not line.startswith(("Letters", "HR's"))]
    config.write_text("\n".join(lines[:start] + freed), "utf-8")
    result = run("columns", "--json")

    assert result.exit_code == 0
    why = {c["why"] for t in json.loads(result.stdout)["tables"] for c in t["columns"]}
    assert len(why) <= 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(run: Run, shell: str) -> None:
    assert "_FOLLOWUP_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize(("lang", "case"), [("zh", "tech"), ("en", "retail")])
def test_the_demo_says_where_to_look(
    run: Run, tmp_path: Path, lang: str, case: str
) -> None:
    result = run("demo", "there", "--lang", lang, "--case", case)
    shown = [Path(line.strip()) for line in result.stdout.splitlines()[-2:]]

    assert result.exit_code == 0
    assert all((tmp_path / path).is_file() for path in shown)


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color_is_honoured_even_where_colours_are_possible(
    run: Run,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    *,
    no_color: str,
    coloured: bool,
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    path = write()

    assert ("\x1b[" in run("check", path, color=True).stdout) is coloured
