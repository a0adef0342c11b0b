"""An invented organisation, judged by hand, to write letters about."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest

from reports.letters import Letter, compose
from reports.told import variant_of
from reports.variant import Variant
from sync.assess.model import (
    Assessment,
    Change,
    Conversation,
    GoalAssessment,
    Health,
    Observation,
    PersonAssessment,
    TeamAssessment,
)
from sync.cells import CellRef
from sync.config.mail import Mail
from sync.findings import Finding
from sync.records.model import Goal, Origin, Person, Place, Status
from sync.smart.model import Verdict
from sync.wording import Text

TODAY = date(2026, 11, 22)
COLUMNS = {"goal_title": 3, "actual": 8, "status": 9, "employee_name": 2}
PEOPLE_COLUMNS = {"employee_name": 1, "email": 4, "employment_status": 6}
RED = (Status.OVERDUE, Status.BEHIND, Status.AT_RISK)


@dataclass
class Org:
    """Collects people and goals, then judges them as told."""

    people: list[Person] = field(default_factory=list)
    goals: list[GoalAssessment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    praise: dict[str, Text] = field(default_factory=dict)
    why: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    ask: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    health: tuple[Health, ...] = ()
    previous: date | None = None

    def person(self, key: str, name: str, **more: Any) -> Person:
        row = len(self.people) + 2
        more.setdefault("email", f"{key.lower()}@example.com")
        place = Place("人员", row, PEOPLE_COLUMNS)
        self.people.append(Person(key=key, name=name, place=place, **more))
        return self.people[-1]

    def goal(self, owner: str | None, title: str, status: Status, **more: Any) -> None:
        """Add a goal; ``more`` are fields of the judgement, or of the goal itself."""
        row = len(self.goals) + 2
        names = {one.key: one.name for one in self.people}
        goal = Goal(
            key=more.pop("key", f"g{row}"),
            place=Place("2026目标", row, COLUMNS),
            origin=Origin("2026目标", 1),
            person_key=owner,
            employee=more.pop("employee", names.get(owner or "", "")),
            title=title,
            due_on=more.pop("due_on", date(2026, 12, 31)),
            description=more.pop("description", ""),
            comments=more.pop("comments", ""),
            acknowledged=more.pop("acknowledged", None),
            claimed_status=more.get("claimed"),
            review_cycle=more.pop("review_cycle", ""),
        )
        progress = more.pop("progress", None)
        expected = more.pop("expected", 0.89 if progress is not None else None)
        facts: dict[str, Any] = {
            "rule": str(status),
            "reason": Text("按时间看状态为此", "the dates and figures say so"),
            "ratio": None,
            "gap": None,
            "claimed": None,
            "disagrees": False,
            "days_silent": None,
            "next_on": TODAY + timedelta(days=7),
            "verdict": Verdict(score=80, missing=(), findings=()),
        } | more
        self.goals.append(
            GoalAssessment(
                goal=goal,
                status=status,
                progress_raw=progress,
                progress=progress,
                expected=expected,
                **facts,
            )
        )

    def finding(
        self, code: str, what: Text, fix: Text, at: CellRef, **more: Any
    ) -> None:
        more.setdefault("severity", "warning")
        self.findings.append(Finding(code=code, what=what, fix=fix, at=at, **more))

    def judge(self) -> Assessment:
        people = tuple(self._person(one) for one in self.people)
        talks = tuple(one for each in people if (one := self._talk(each)))
        managers = {one.key: one for one in self.people}
        keys = dict.fromkeys(one.manager_key for one in self.people)
        teams = tuple(
            self._team(
                managers.get(key or ""),
                [one for one in people if one.person.manager_key == key],
                talks,
            )
            for key in keys
        )
        return Assessment(
            today=TODAY,
            goals=tuple(self.goals),
            people=people,
            teams=teams,
            conversations=talks,
            health=self.health,
            n_by_status=Counter(one.status for one in self.goals),
            findings=tuple(self.findings),
            previous_run_on=self.previous,
        )

    def _person(self, person: Person) -> PersonAssessment:
        goals = tuple(one for one in self.goals if one.goal.person_key == person.key)
        known = [one.progress for one in goals if one.progress is not None]
        worst = next(
            (
                one
                for one in (*RED, Status.NO_DATA)
                if any(g.status is one for g in goals)
            ),
            Status.ON_TRACK,
        )
        return PersonAssessment(
            person=person,
            goals=goals,
            status=worst if goals else Status.NO_DATA,
            progress=sum(known) / len(known) if known else None,
            coverage=len(known) / len(goals) if goals else 0.0,
            n_by_status=Counter(one.status for one in goals),
        )

    def _talk(self, one: PersonAssessment) -> Conversation | None:
        red = sorted(
            (g for g in one.goals if g.status in RED), key=lambda g: RED.index(g.status)
        )
        key = one.person.key
        praise = (self.praise[key],) if key in self.praise else ()
        if not red and not praise:
            return None
        return Conversation(
            person=one.person,
            goals=tuple(red),
            score=float(len(red)),
            why=self.why.get(key, tuple(g.reason for g in red[:1])),
            ask=self.ask.get(key, ()),
            praise=praise,
        )

    def _team(
        self,
        manager: Person | None,
        people: Iterable[PersonAssessment],
        talks: Iterable[Conversation],
    ) -> TeamAssessment:
        own = tuple(people)
        keys = {one.person.key for one in own}
        return TeamAssessment(
            manager=manager,
            people=own,
            conversations=tuple(one for one in talks if one.person.key in keys),
            n_by_status=Counter(g.status for one in own for g in one.goals),
        )


@pytest.fixture
def org() -> Org:
    return Org()


@pytest.fixture
def new_org() -> Callable[[], Org]:
    """For properties, which need a fresh one for every example."""
    return Org


def _people(org: Org) -> None:
    org.person("E001", "周敏", position="研发总监", department="研发部", language="zh")
    reports: dict[str, Any] = {
        "manager_key": "E001",
        "manager": "周敏",
        "department": "研发部",
    }
    org.person("E002", "李雷", position="后端工程师", language="zh", **reports)
    org.person("E003", "韩梅梅", position="测试工程师", language="zh", **reports)
    org.person("E004", "王小明", position="前端工程师", language="zh", **reports)
    org.person(
        "E005", "陈思远", position="产品经理", language="zh", email="", **reports
    )
    org.person(
        "E010",
        "Ann Carter",
        position="Sales director",
        department="Sales",
        language="en",
    )
    reports = {"manager_key": "E010", "manager": "Ann Carter", "department": "Sales"}
    org.person(
        "E011", "Ben Okafor", position="Account manager", language="en", **reports
    )
    org.person(
        "E012", "Chloe Martin", position="Account manager", language="en", **reports
    )
    org.person("E013", "Dev Patel", position="Sales engineer", language="en", **reports)


def _goals(org: Org) -> None:
    org.goal(
        "E002",
        "订单接口平均响应时间从 420 毫秒降到 200 毫秒",
        Status.BEHIND,
        progress=0.36,
        expected=0.89,
        claimed=Status.ON_TRACK,
        disagrees=True,
        reason=Text(
            "已完成 36%，按时间应到 89%，差 53 个百分点",
            "36% done where 89% was expected, 53 points short",
        ),
        change=Change(
            since=date(2026, 11, 15), status_before=Status.AT_RISK, progress_before=0.34
        ),
    )
    org.goal(
        "E002",
        "完成支付模块单元测试，覆盖率达到 85%",
        Status.OVERDUE,
        progress=0.7,
        expected=1.0,
        due_on=date(2026, 11, 10),
        reason=Text("已过到期日 12 天，完成 70%", "12 days past its date at 70%"),
    )
    org.goal(
        "E002",
        "提升系统稳定性",
        Status.NO_DATA,
        expected=None,
        reason=Text("没有当前值，无法判断", "there is no current figure to judge by"),
        verdict=Verdict(
            score=30,
            missing=("S", "M"),
            findings=(),
            suggestion_zh="将【哪个系统】的【可用率】从【现在的值】提升到【目标值】，在 12 月 31 日前完成",
            suggestion_en="Raise [which figure] of [which system] from [now] to [target] by 31 December",
        ),
    )
    org.goal(
        "E003",
        "回归测试自动化比例从 40% 提高到 75%",
        Status.AHEAD,
        progress=0.97,
        expected=0.89,
        reason=Text(
            "已完成 97%，比按时间应到的 89% 快", "97% done where 89% was expected"
        ),
    )
    org.goal(
        "E003",
        "线上缺陷漏测率降到 2% 以下",
        Status.ON_TRACK,
        progress=0.88,
        reason=Text("已完成 88%，与时间进度相符", "88% done, in step with time"),
    )
    org.goal(
        "E004",
        "首页首屏加载时间降到 1.5 秒",
        Status.AT_RISK,
        progress=0.8,
        expected=0.89,
        reason=Text(
            "已完成 80%，按时间应到 89%，差 9 个百分点",
            "80% done where 89% was expected, 9 points short",
        ),
    )
    org.goal(
        "E004",
        "组件库迁移 60 个组件",
        Status.ACHIEVED,
        progress=1.0,
        reason=Text("60 个组件已全部迁移", "all 60 components are moved"),
    )
    org.goal(
        "E005",
        "上线会员积分功能",
        Status.NOT_STARTED,
        progress=0.0,
        expected=0.0,
        acknowledged=False,
        reason=Text("12 月 1 日才开始", "it starts on 1 December only"),
    )
    org.goal(
        "E011",
        "Win 12 new mid-market accounts",
        Status.BEHIND,
        progress=0.42,
        expected=0.89,
        claimed=Status.ON_TRACK,
        disagrees=True,
        reason=Text(
            "12 家里签了 5 家，按时间应有 10 家",
            "5 of 12 accounts won where 10 were expected by now",
        ),
        change=Change(
            since=date(2026, 11, 15),
            status_before=Status.AT_RISK,
            progress_before=0.42,
            moved=(Text("目标值从 10 改为 12", "the target moved from 10 to 12"),),
        ),
    )
    org.goal(
        "E011",
        "Keep renewal rate at 92% or better",
        Status.ON_TRACK,
        progress=0.9,
        reason=Text("续约率 92.5%", "renewals stand at 92.5%"),
    )
    org.goal(
        "E012",
        "Cut proposal turnaround from 9 days to 4",
        Status.ACHIEVED,
        progress=1.0,
        reason=Text("已降到 3.8 天", "down to 3.8 days"),
    )
    org.goal(
        "E013",
        "Improve demo quality",
        Status.NO_DATA,
        expected=None,
        reason=Text("没有当前值", "there is no current figure"),
        verdict=Verdict(
            score=25,
            missing=("S", "M", "T"),
            findings=(),
            suggestion_zh="将【哪种演示】的【评分】提高到【目标值】",
            suggestion_en="Raise [which score] of [which demos] from [now] to [target] by [date]",
        ),
    )
    org.goal(None, "跨部门项目支持", Status.NO_DATA, employee="王伟", expected=None)


def _rest(org: Org) -> None:
    org.why["E002"] = (
        Text(
            "一项目标逾期 12 天，另一项一周只前进了 2 个百分点",
            "one goal is 12 days past its date and another moved two points in a week",
        ),
        Text(
            "表里写的是“正常”，数字却是“滞后”",
            "the sheet says on track, the figures say behind",
        ),
    )
    org.praise["E002"] = Text(
        "测试覆盖率已经从 40% 做到 70%", "test coverage has gone from 40% to 70%"
    )
    org.praise["E003"] = Text(
        "自动化比例提前达到 97%，回归时间省了一半",
        "automation reached 97% early and halved the regression run",
    )
    org.praise["E012"] = Text(
        "方案周期从 9 天降到 3.8 天", "proposal turnaround is down from 9 days to 3.8"
    )
    org.ask["E011"] = (
        Text(
            "哪类客户最难推进？",
            "Which accounts are hardest to move, and what would bring the next two closer?",
        ),
    )
    org.health = (
        Health(name="goals_failing_s_or_m", n=2, of=13),
        Health(name="goals_without_value", n=3, of=13),
        Health(name="goals_claimed_otherwise", n=2, of=13),
        Health(name="red_goals_without_action", n=3, of=4),
        Health(name="actions_overdue", n=0, of=5),
        Health(name="people_without_goals", n=2, of=9),
    )
    org.previous = date(2026, 11, 15)
    org.finding(
        "D101",
        Text("到期日“12月底前”不是日期", "due date '12月底前' is not a date"),
        Text("写成 2026-12-31 这样的日期", "write the day, as in 2026-12-31"),
        CellRef("2026目标", 8, 6),
        severity="error",
    )
    org.finding(
        "M001",
        Text("没有目标值", "no target is written"),
        Text("填上要达到的数字和单位", "write the figure to reach, with its unit"),
        CellRef("2026目标", 4, 7),
        letter="M",
    )
    org.finding(
        "P001",
        Text("“王伟”对得上两位同事", "two people are called '王伟'"),
        Text("在这一行补上工号", "add the employee number to this row"),
        CellRef("2026目标", 14, 2),
    )


def _company() -> Org:
    org = Org()
    _people(org)
    _goals(org)
    _rest(org)
    return org


@pytest.fixture
def company() -> Org:
    """Two teams, one Chinese and one English, with everything a letter can tell."""
    return _company()


@pytest.fixture(scope="session")
def every_letter() -> tuple[Letter, ...]:
    """The company's letters of every kind, which nothing can change, written once."""
    org = _company()
    before = Observation(on=date(2026, 10, 20), status=Status.AT_RISK, progress=0.3)
    soon = date(2026, 12, 15)
    org.goals[:] = [
        replace(one, month_ago=before, goal=replace(one.goal, due_on=soon))
        if one.status is Status.ON_TRACK
        else replace(one, month_ago=before)
        for one in org.goals
    ]
    judged = org.judge()
    return tuple(
        letter
        for variant in Variant
        for letter in compose(
            judged,
            Mail(
                hr=("hr@example.com",),
                when_all_is_well=True,
                smart_hints="own-letter" if variant is Variant.CLOSING else "in-letter",
            ),
            source_name="2026目标.xlsx",
            lang="zh",
            today=TODAY,
            variant=variant,
        )
    )


@pytest.fixture(scope="session")
def company_letters(every_letter: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Those about the week."""
    return tuple(
        one
        for one in every_letter
        if variant_of(one.key) is Variant.WEEKLY and one.audience != "author"
    )
