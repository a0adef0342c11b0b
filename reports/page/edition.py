"""What one audience's page is made of; everything on a page comes from here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from reports.audience import AudienceKind, EmployeeView, ManagerView, views
from reports.show import one_line
from sync.assess.burn_up import burn_up
from sync.assess.evaluation.model import Evaluation, Feedback360
from sync.assess.model import (
    Assessment,
    Conversation,
    GoalAssessment,
    Health,
    PersonAssessment,
)
from sync.assess.process import BurnPoint, JudgedAction, Rhythm, Trend
from sync.errors import ConfigError
from sync.findings import Finding
from sync.records.model import Person
from sync.wording import Text

_View = TypeVar("_View", ManagerView, EmployeeView)
_FORMS = Text(
    "写 hr、manager:姓名 或 employee:姓名", "hr, manager:NAME or employee:NAME"
)
_MANAGER = Text("有直接下属的主管", "manager with direct reports")
_EMPLOYEE = Text("有目标的员工", "employee with goals")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One audience's share of an assessment."""

    kind: AudienceKind
    key: str
    """The reader's `Person.key`; empty for HR. It never stands in the page."""
    name: str
    """The reader, on one line; empty for HR."""
    today: date
    previous_on: date | None
    goals: tuple[GoalAssessment, ...]
    people: tuple[PersonAssessment, ...] = ()
    """Empty in an employee's edition, which is about one person."""
    conversations: tuple[Conversation, ...] = ()
    health: tuple[Health, ...] = ()
    findings: tuple[Finding, ...] = ()
    """HR's alone: a finding may quote any cell."""
    actions: tuple[JudgedAction, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    trends: tuple[Trend, ...] = ()
    burn_up: tuple[BurnPoint, ...] = ()
    """Progress beside the plan, over all goals of the edition; empty for an employee."""
    evaluation: Evaluation | None = None
    """Marks and scores: HR's alone."""
    feedback: tuple[Feedback360, ...] = ()
    """What is published of 360-degree feedback: HR's alone, and see `with_feedback`."""


def with_feedback(shown: Edition, published: tuple[Feedback360, ...]) -> Edition:
    """Add published feedback to HR's edition; every other one stays as it is."""
    return (
        replace(shown, feedback=published) if shown.kind is AudienceKind.HR else shown
    )


def edition(assessment: Assessment, audience: str) -> Edition:
    """Choose what an audience may see.

    Args:
        assessment: The judgement.
        audience: ``hr``, ``manager:NAME`` or ``employee:NAME``, where the name may also
            be an employee number or an address.

    Raises:
        ConfigError: If the audience is none of these, or nobody or several people fit.
    """
    kind, _, name = audience.partition(":")
    seen = views(assessment)
    if kind == AudienceKind.HR and not name:
        return _of_hr(assessment)
    if kind == AudienceKind.MANAGER and name.strip():
        manager = _chosen(seen.managers, name, _MANAGER)
        return _of_manager(manager, assessment)
    if kind == AudienceKind.EMPLOYEE and name.strip():
        employee = _chosen(seen.employees, name, _EMPLOYEE)
        return _of_employee(employee, assessment)
    raise ConfigError(
        Text(
            "看不懂读者“{audience}”",
            "{audience!r} is no audience",
            {"audience": one_line(audience, 40)},
        ),
        where="--audience",
        hint=_FORMS,
    )


def _of_hr(judged: Assessment) -> Edition:
    return Edition(
        kind=AudienceKind.HR,
        key="",
        name="",
        today=judged.today,
        previous_on=judged.previous_run_on,
        goals=judged.goals,
        people=judged.people,
        conversations=judged.conversations,
        health=judged.health,
        findings=judged.findings,
        actions=judged.actions,
        rhythms=judged.rhythms,
        trends=judged.trends,
        burn_up=judged.burn_up,
        evaluation=judged.evaluation,
    )


def _of_manager(view: ManagerView, judged: Assessment) -> Edition:
    goals = tuple(goal for member in view.members for goal in member.goals)
    return Edition(
        kind=AudienceKind.MANAGER,
        key=view.person.key,
        name=one_line(view.person.name, 40),
        today=judged.today,
        previous_on=judged.previous_run_on,
        goals=goals,
        people=view.members,
        conversations=view.conversations,
        actions=view.actions,
        rhythms=view.rhythms,
        burn_up=burn_up(goals, judged.today),
    )


def _of_employee(view: EmployeeView, judged: Assessment) -> Edition:
    return Edition(
        kind=AudienceKind.EMPLOYEE,
        key=view.person.key,
        name=one_line(view.person.name, 40),
        today=judged.today,
        previous_on=judged.previous_run_on,
        goals=view.goals,
        actions=view.actions,
        rhythms=view.rhythms,
    )


def _chosen(known: Iterable[_View], name: str, what: Text) -> _View:
    """Find the one view whose person bears a name, a number or an address."""
    wanted = name.strip().casefold()
    found = [one for one in known if wanted in _called(one.person)]
    if len(found) == 1:
        return found[0]
    shown = one_line(name, 40)
    if not found:
        raise ConfigError(
            Text(
                "没有叫“{shown}”的{what}",
                "no {what} is called {shown!r}",
                {"what": what, "shown": shown},
            ),
            where="--audience",
            hint=Text(
                "请按工作簿里的写法填写姓名、工号或邮箱",
                "write the name, employee number or address as the workbook has it",
            ),
        )
    numbers = [one.person.employee_id or one.person.email for one in found]
    listed = ", ".join(filter(None, numbers[:_MOST_NAMED]))
    raise ConfigError(
        Text(
            "有 {n} 个人叫“{shown}”",
            "{n} people are called {shown!r}",
            {"n": len(found), "shown": shown},
        ),
        where="--audience",
        hint=Text(
            "请改用工号或邮箱：{listed}",
            "give the employee number or address instead: {listed}",
            {"listed": listed},
        ),
    )


def _called(person: Person) -> set[str]:
    names = (person.name, person.employee_id, person.email)
    return {name.strip().casefold() for name in names if name.strip()}
