import itertools
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from sync.demo import Case, build
from sync.demo.cycle import Cycle, month_end
from sync.demo.story import label, tell
from sync.wording import LANGS, Lang

CASES: tuple[Case, ...] = get_args(Case)
DUE_MONTHS = {
    goal.due for case in CASES for goal in tell(case).goals if isinstance(goal.due, int)
}
SHEETS: dict[Lang, list[str]] = {
    "zh": [
        "说明",
        "员工名单",
        "目标",
        "评分",
        "360反馈",
        "沟通记录",
        "改进措施",
        "选项",
    ],
    "en": [
        "Read me",
        "People",
        "Goals",
        "Ratings",
        "Feedback",
        "Check-ins",
        "Actions",
        "Lists",
    ],
}
HEADER = 5
FIRST = HEADER + 1

# openpyxl says that it would lose what Excel 2010 added; we only read with it here.
pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported")

every_workbook = pytest.mark.parametrize(
    ("lang", "case"), list(itertools.product(LANGS, CASES))
)


def goal_sheet(path: Path, lang: Lang) -> Worksheet:
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book[SHEETS[lang][2]]

    assert isinstance(sheet, Worksheet)

    return sheet


def column(sheet: Worksheet, header: str) -> list[object]:
    """The values of the goals' rows under a header, by the header's first line."""
    headers = [str(cell.value).split("\n", maxsplit=1)[0] for cell in sheet[HEADER]]
    place = headers.index(header) + 1
    return [
        sheet.cell(row, place).value
        for row in range(FIRST, sheet.max_row + 1)
        if re.fullmatch(r"G\d\d", str(sheet.cell(row, 1).value))
    ]


@every_workbook
def test_the_same_arguments_give_the_same_bytes(
    lang: Lang, case: Case, tmp_path: Path, today: date
) -> None:
    first = build(tmp_path / "a", lang=lang, case=case, today=today)
    second = build(tmp_path / "b", lang=lang, case=case, today=today)

    assert first.read_bytes() == second.read_bytes()


@every_workbook
def test_all_sheets_are_there_in_the_language_asked_for(
    lang: Lang, case: Case, tmp_path: Path, today: date
) -> None:
    path = build(tmp_path, lang=lang, case=case, today=today)
    book = openpyxl.load_workbook(path)

    assert book.sheetnames == SHEETS[lang]
    assert book[SHEETS[lang][-1]].sheet_state == "hidden"


@every_workbook
def test_no_word_of_the_other_language_slips_in(
    lang: Lang, case: Case, tmp_path: Path, today: date
) -> None:
    path = build(tmp_path, lang=lang, case=case, today=today)
    book = openpyxl.load_workbook(path)
    texts = [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and not cell.value.startswith("=")
    ]
    chinese = [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]

    if lang == "en":
        assert chinese == []
    else:
        sentences = [t for t in texts if t not in chinese and len(t.split()) > 1]
        assert sentences == []


def test_the_workbook_has_what_people_put_into_theirs(
    tmp_path: Path, today: date
) -> None:
    path = build(tmp_path, lang="zh", case="retail", today=today)
    sheet = openpyxl.load_workbook(path)["目标"]
    with zipfile.ZipFile(path) as archive:
        parts = "\n".join(archive.namelist())

    assert sheet.freeze_panes == "D6"
    assert len(sheet.merged_cells.ranges) > 10
    assert len(sheet.conditional_formatting) >= 2
    assert len(sheet.data_validations.dataValidation) == 2
    assert "xl/charts/chart1.xml" in parts
    assert "xl/comments1.xml" in parts


@every_workbook
def test_some_goals_are_late_silent_undated_or_without_a_value(
    lang: Lang, case: Case, tmp_path: Path, today: date
) -> None:
    sheet = goal_sheet(build(tmp_path, lang=lang, case=case, today=today), lang)
    headers: dict[Lang, tuple[str, ...]] = {
        "zh": ("截止日期", "最近更新", "当前值", "状态", "权重"),
        "en": ("Due", "Last update", "Current", "Status", "Weight"),
    }
    due, seen, current, status, weight = (column(sheet, h) for h in headers[lang])
    fine = label().status["on_track"].in_(lang)
    midnight = datetime(today.year, today.month, today.day)  # noqa: DTZ001
    days = [day for day in due if isinstance(day, datetime)]
    claimed_fine = {
        day
        for day, said in zip(due, status, strict=True)
        if isinstance(day, datetime) and said == fine
    }

    assert len(days) < len(due)
    assert min(claimed_fine) < midnight < max(claimed_fine)
    assert any(
        isinstance(day, datetime) and day < midnight - timedelta(days=21)
        for day in seen
    )
    assert None in seen
    assert None in current
    assert any(isinstance(w, str) for w in weight)
    assert any(isinstance(w, float) for w in weight)


@every_workbook
def test_one_person_has_weights_that_do_not_add_up_and_one_a_duplicate(
    lang: Lang, case: Case, tmp_path: Path, today: date
) -> None:
    sheet = goal_sheet(build(tmp_path, lang=lang, case=case, today=today), lang)
    titles = column(sheet, "目标内容" if lang == "zh" else "Goal")
    totals: dict[str, float] = {}
    for goal in tell(case).goals:
        share = str(goal.weight)
        number = float(share.rstrip("%")) / (100 if "%" in share else 1)
        totals[goal.who] = totals.get(goal.who, 0) + number

    assert sum(abs(total - 1) > 0.001 for total in totals.values()) >= 1
    assert len(set(titles)) == len(titles) - 1


@every_workbook
def test_a_formula_shows_its_result_without_being_recalculated(
    lang: Lang, case: Case, tmp_path: Path, today: date
) -> None:
    path = build(tmp_path, lang=lang, case=case, today=today)
    formulas = openpyxl.load_workbook(path)
    shown = openpyxl.load_workbook(path, data_only=True)
    results = [
        shown[sheet.title][cell.coordinate].value
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]

    assert len(results) > 30
    assert None not in results


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_day_always_lies_in_the_last_third_but_before_the_end(day: date) -> None:
    cycle = Cycle(day)

    assert cycle.start < day < cycle.end
    assert 0.6 < cycle.expected(cycle.start, cycle.end) < 0.9
    assert cycle.before.end + timedelta(days=1) == cycle.start


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_goals_due_in_months_gone_by_are_overdue_on_any_day(day: date) -> None:
    assert min(DUE_MONTHS) < 0 < max(DUE_MONTHS)
    assert all((month_end(day, due) < day) == (due < 0) for due in DUE_MONTHS)


@pytest.mark.parametrize("case", CASES)
def test_a_case_speaks_only_of_people_it_knows(case: Case) -> None:
    story = tell(case)
    known = {person.key for person in story.people}
    named = {goal.who for goal in story.goals} | set(story.ratings)
    named |= {person.manager for person in story.people if person.manager}
    named |= {talk.who for talk in story.talks}
    named |= {action.who for action in story.actions if action.who}
    for feedback in story.feedback:
        named |= {feedback.ratee, *feedback.peers, *feedback.reports}

    assert named <= known
    assert {person.department for person in story.people} == set(story.departments)


@pytest.mark.parametrize("case", CASES)
def test_a_block_of_goals_belongs_to_one_person_and_a_section_to_one_department(
    case: Case,
) -> None:
    story = tell(case)
    owners = [who for who, _ in itertools.groupby(goal.who for goal in story.goals)]
    sections = [story.person(who).department for who in owners]

    assert len(owners) == len(set(owners))
    assert [name for name, _ in itertools.groupby(sections)] == list(story.departments)


def test_addresses_belong_to_nobody(tmp_path: Path, today: date) -> None:
    path = build(tmp_path, lang="en", case="tech", today=today)
    sheet = openpyxl.load_workbook(path)["People"]
    addresses = [sheet.cell(row, 6).value for row in range(4, sheet.max_row + 1)]

    assert len(addresses) == 18
    # example.com is reserved by RFC 2606: a letter sent by mistake reaches no one.
    assert all(str(one).endswith("@example.com") for one in addresses if one)
    assert addresses.count(None) == 1


def test_an_older_workbook_of_the_same_name_is_replaced(
    tmp_path: Path, today: date
) -> None:
    first = build(tmp_path, lang="en", case="tech", today=today)
    second = build(tmp_path, lang="en", case="tech", today=date(2027, 3, 1))

    assert first == second
    assert list(tmp_path.iterdir()) == [first]


def test_earlier_weeks_show_the_same_goals_less_far(
    tmp_path: Path, today: date
) -> None:
    weeks = [today - timedelta(days=20), today - timedelta(days=13), None]
    books = [
        build(tmp_path / str(n), lang="zh", case="retail", today=today, on=on)
        for n, on in enumerate(weeks)
    ]
    rows = [
        {row[0]: row for row in goal_sheet(book, "zh").iter_rows(values_only=True)}
        for book in books
    ]
    sales = [week["G04"] for week in rows]
    lakeside = [week["G07"] for week in rows]

    first, second, now = (float(str(row[7])) for row in sales)

    assert first < second < now
    assert [row[6] for row in lakeside] == [210, 210, 204]
    assert [row[9:11] for row in sales] == [sales[-1][9:11]] * 3
