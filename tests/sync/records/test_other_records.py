from collections.abc import Callable
from datetime import date

from sync.records.model import Records, Status

Read = Callable[..., Records]
PEOPLE = [("employee_id", "employee_name"), ("E1", "Ann Lee"), ("E2", "Bob Ray")]


def test_ratings_keep_numbers_and_grades(read: Read) -> None:
    records = read(
        people=PEOPLE,
        ratings=[
            ("employee_id", "period", "self_rating", "manager_rating", "final_rating",
             "grade", "acknowledged"),
            ("E1", "2026H1", 4, "3 - Proficient", None, None, "Yes"),
            ("E2", "2026H1", "不了解", "见附件", "A", None, "No"),
            (None, None, 3, None, None, None, None),
        ],
    )  # fmt: skip
    first, second = records.ratings

    assert (first.person_key, first.review_cycle) == ("E1", "2026H1")
    assert (first.self_rating, first.manager_rating, first.final_rating) == (4, 3, None)
    assert first.acknowledged is True
    assert (second.self_rating, second.manager_rating, second.final_rating) == (
        None,
    ) * 3
    assert second.grade == "A"
    assert [(it.code, str(it.at)) for it in records.findings] == [
        ("D150", "'ratings'!D3")
    ]


def test_a_column_of_grades_is_kept_as_written(read: Read) -> None:
    rows = [
        ("employee_name", "grade"),
        ("a", "乙"),
        ("b", "T3档"),
        ("c", None),
        ("d", "-"),
    ]

    assert [it.grade for it in read(ratings=rows).ratings] == ["乙", "T3档", "", ""]


def test_feedback_knows_relationships_and_not_knowing(read: Read) -> None:
    records = read(
        people=PEOPLE,
        feedback=[
            ("ratee", "rater", "relationship", "score", "comment"),
            ("Ann Lee", "Bob Ray", "Direct report", "4 - Proficient", "good"),
            ("E2", "anonymous", "同事", "不了解", None),
            ("Zed", None, None, "优秀", None),
        ],
    )

    assert [it.ratee_key for it in records.feedback] == ["E1", "E2", None]
    assert [it.relationship for it in records.feedback] == ["report", "peer", ""]
    assert [it.score for it in records.feedback] == [4, None, None]
    assert [it.code for it in records.findings] == ["P121", "D151"]


def test_check_ins_know_their_participants(read: Read) -> None:
    records = read(
        people=PEOPLE,
        checkins=[
            ("date", "participants", "topic", "next", "next_date"),
            ("2026年7月17日", "Ann Lee、Bob Ray", "回顾", "更新计划", "8月14日"),
            (date(2026, 8, 1), "Ann Lee; Zed; Yan", None, None, "下月初"),
        ],
    )
    first, second = records.check_ins

    assert first.participants == ("Ann Lee", "Bob Ray")
    assert first.person_keys == ("E1", "E2")
    assert (first.held_on, first.next_on) == (date(2026, 7, 17), date(2026, 8, 14))
    assert first.next_steps == "更新计划"
    assert second.person_keys == ("E1",)
    assert [(it.code, it.severity) for it in records.findings] == [
        ("P121", "info"),
        ("P121", "info"),
        ("D105", "warning"),
    ]


def test_actions_have_owner_due_date_and_status(read: Read) -> None:
    records = read(
        people=PEOPLE,
        actions=[
            ("action_id", "issue", "action", "owner", "due", "status", "closed_date"),
            ("A01", "late", "align weekly", "Ann Lee", "7月底", "进行中", None),
            ("A02", None, "write plan", "Bob Ray", "TBD", "CLOSED", date(2026, 6, 18)),
            ("A03", None, "drop it", None, None, "Cancelled", None),
            ("A04", None, None, None, None, None, None),
        ],
    )

    assert [it.owner_key for it in records.actions] == ["E1", "E2", None]
    assert [it.due_on for it in records.actions] == [date(2026, 7, 31), None, None]
    assert [it.due_text for it in records.actions] == ["7月底", "TBD", ""]
    assert [it.status for it in records.actions] == [
        Status.ON_TRACK, Status.ACHIEVED, Status.CLOSED,
    ]  # fmt: skip
    assert not records.findings


def test_without_a_list_of_people_unknown_owners_are_no_finding(read: Read) -> None:
    records = read(
        goals=[("employee_name", "goal_title"), ("Ann", "x")],
        actions=[("action", "owner"), ("do it", "shift leader"), ("do that", "Ann")],
    )

    assert [it.owner_key for it in records.actions] == [None, "ann"]
    assert not records.findings


def test_a_survey_with_a_column_for_each_competency_gives_one_answer_each(
    read: Read,
) -> None:
    records = read(
        people=[("employee_id", "employee_name"), ("E1", "Ann Lee")],
        feedback=[
            ("ratee", "rater", "competency", "competency", "comment"),
            ("Ann Lee", "Bob Ray", 4, 5, "listens well"),
            ("Ann Lee", "Cy Fox", "N/A", 3, None),
        ],
        headers={"competency": "Teamwork"},
    )
    answers = [(it.rater, it.competency, it.score) for it in records.feedback]

    assert answers == [
        ("Bob Ray", "Teamwork", 4),
        ("Cy Fox", "Teamwork", None),
        ("Bob Ray", "Teamwork", 5),
        ("Cy Fox", "Teamwork", 3),
    ]
    assert [it.comment for it in records.feedback] == ["listens well", "", "", ""]
    assert [it.place.at("score").a1 for it in records.feedback][::2] == ["C2", "D2"]
