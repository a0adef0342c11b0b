"""The lint: every goal against every rule, located, in one pass."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sync.cells import CellRef
from sync.config.model import Smart
from sync.findings import Finding, Severity
from sync.records.model import Goal, Origin, Records
from sync.smart.case import MOST, Case, TableFacts, World, read_words
from sync.smart.catalogue import RULES
from sync.smart.docs import message
from sync.smart.groups import groups_of
from sync.smart.ignores import Ignores
from sync.smart.model import Lint, Verdict
from sync.smart.relevant import name_of, shapes_of
from sync.smart.rules import Hit, Rule, SetHit
from sync.smart.score import score
from sync.smart.suggest import suggest
from sync.wording import Text

_FEW = 5
_CONTRADICTION = "2"
"""First digit of the codes for cells that contradict each other."""
_ONCE = Text("{n} 条目标都有此情况：{what}", "{n} goals share this: {what}")


_Check = tuple[Callable[[Case], Hit | None], Rule, Severity]


@dataclass(frozen=True, slots=True)
class _Desk:
    """The rules as the config wants them."""

    goal_rules: tuple[_Check, ...]
    lasting_rules: tuple[_Check, ...]
    """Those that still speak when a goal is done: its contradictions."""
    set_rules: tuple[tuple[Rule, Severity], ...]

    @property
    def spoken(self) -> frozenset[str]:
        """Codes and letters of all rules that speak."""
        rules = [rule for _, rule, _ in self.goal_rules]
        rules += [rule for rule, _ in self.set_rules]
        return frozenset({it for rule in rules for it in (rule.code, rule.letter)})


def lint(
    records: Records, options: Smart, *, today: date, fiscal_year_starts: int = 1
) -> Lint:
    """Lint the goals of one workbook.

    Args:
        records: What was parsed; only its goals are read.
        options: Which rules speak, how loudly, and their limits.
        today: The day of the judgement.
        fiscal_year_starts: The month, 1–12, in which Q1 begins.

    Returns:
        One verdict for each goal, in order, and the findings about sets of goals.
    """
    world = _world(records.goals, options, today, fiscal_year_starts)
    desk = _desk(options)
    ignores = Ignores(records.goals)
    every = [_verdict(case, desk) for case in world.cases]
    about_sets = tuple(_set_findings(world, desk))
    if ignores:
        every = [
            ignores.heeded(verdict, case.goal)
            for case, verdict in zip(world.cases, every, strict=True)
        ]
        about_sets = tuple(ignores.said(about_sets))
        judged = [it.goal for it in world.cases if not (it.closed or it.finished)]
        about_sets += tuple(ignores.remarks(judged, desk.spoken))
    verdicts, common = _folded(every, world)
    return Lint(
        verdicts=tuple(verdicts),
        findings=tuple(common) + about_sets,
        titles=tuple(case.words.title for case in world.cases),
    )


def lint_one(
    goal: Goal, options: Smart, *, today: date, fiscal_year_starts: int = 1
) -> Verdict:
    """Lint a goal that has no sheet around it; its findings have no cell."""
    world = World(today, fiscal_year_starts, options)
    case = _case(goal, world, TableFacts(goals=1), alone=True)
    verdict = _verdict(case, _desk(options))
    findings = tuple(replace(finding, at=None) for finding in verdict.findings)
    return replace(verdict, findings=findings)


def _desk(options: Smart) -> _Desk:
    ignored = {code.upper() for code in options.ignore}
    spoken = [
        (rule, options.severity.get(rule.code, rule.severity))
        for rule in RULES
        if rule.code not in ignored and rule.letter not in ignored
    ]
    goal_rules = [
        (rule.check, rule, severity)
        for rule, severity in spoken
        if rule.check is not None
    ]
    return _Desk(
        tuple(goal_rules),
        tuple(it for it in goal_rules if it[1].code[1] >= _CONTRADICTION),
        tuple(pair for pair in spoken if pair[0].check_set is not None),
    )


def _world(
    goals: tuple[Goal, ...], options: Smart, today: date, fiscal_year_starts: int
) -> World:
    world = World(today, fiscal_year_starts, options)
    tables: dict[Origin, TableFacts] = defaultdict(TableFacts)
    world.cases = [_case(goal, world, tables[goal.origin]) for goal in goals]
    world.tables = tables
    world.supported = frozenset(
        name_of(goal.supports) for goal in goals if goal.supports
    )
    world.by_name = _names(goals) if world.supported else {}
    world.id_shapes = shapes_of(goals) if world.supported else frozenset()
    world.groups = tuple(groups_of(world.cases))
    for case in world.cases:
        _count(case)
    return world


def _case(goal: Goal, world: World, table: TableFacts, *, alone: bool = False) -> Case:
    words = read_words(goal.title, goal.description, goal.metric)
    return Case(goal, words, table, world, alone=alone)


def _count(case: Case) -> None:
    """Add one goal to what is known about its table."""
    table, goal = case.table, case.goal
    table.goals += 1
    table.dated += goal.place.has("due_date") and bool(goal.due_on or goal.due_text)
    table.untimed += not (case.has_time or goal.due_text or case.words.vague_time)
    table.targeted += bool(goal.metric or goal.target)
    table.unmeasured += not case.has_measure
    table.supported += bool(goal.supports)
    table.sourced += bool(goal.data_source)
    table.stepped += bool(goal.steps)


def _names(goals: Iterable[Goal]) -> Mapping[str, tuple[Goal, ...]]:
    """Index goals by id and by title, as references name them."""
    found: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        for name in {name_of(goal.goal_id), name_of(goal.title)} - {""}:
            found[name].append(goal)
    return {name: tuple(named) for name, named in found.items()}


def _verdict(case: Case, desk: _Desk) -> Verdict:
    result = score(case)
    if case.closed:
        return Verdict(score=result.total, missing=(), findings=())
    # What is done is done: its wording is history, its contradictions are not.
    finished = case.finished
    findings = []
    for check, rule, severity in desk.lasting_rules if finished else desk.goal_rules:
        hit = check(case)
        if hit is not None:
            findings.append(_finding(case.goal, rule, severity, hit))
    suggestion = ("", "") if finished else suggest(case, result.missing)
    return Verdict(
        score=result.total,
        missing=() if finished else result.missing,
        findings=tuple(findings),
        suggestion_zh=suggestion[0],
        suggestion_en=suggestion[1],
    )


def _finding(goal: Goal, rule: Rule, severity: Severity, hit: Hit) -> Finding:
    words = message(rule.code, hit.variant)
    return Finding(
        code=rule.code,
        severity=severity,
        what=words.what.fill(**hit.slots),
        fix=words.fix.fill(**hit.slots),
        at=goal.at(hit.field),
        subject=goal.key,
        letter=rule.letter,
    )


def _set_findings(world: World, desk: _Desk) -> Iterable[Finding]:
    for rule, severity in desk.set_rules:
        assert rule.check_set is not None
        for hit in rule.check_set(world):
            yield _set_finding(rule, severity, hit)


def _set_finding(rule: Rule, severity: Severity, hit: SetHit) -> Finding:
    words = message(rule.code, hit.variant)
    return Finding(
        code=rule.code,
        severity=severity,
        what=words.what.fill(**hit.slots),
        fix=words.fix.fill(**hit.slots),
        at=hit.at,
        subject=hit.subject,
        letter=rule.letter,
    )


def _folded(
    verdicts: Sequence[Verdict], world: World
) -> tuple[list[Verdict], list[Finding]]:
    """Say a hint that most goals of a table share once, at the column's header."""
    seen: dict[tuple[Origin, str], list[Finding]] = defaultdict(list)
    for case, verdict in zip(world.cases, verdicts, strict=True):
        for finding in verdict.findings:
            if finding.severity == "info" and finding.code[1] < "2":
                seen[case.goal.origin, finding.code].append(finding)
    common: dict[tuple[Origin, str], Finding] = {}
    for (origin, code), findings in seen.items():
        goals = world.tables[origin].goals
        if goals >= _FEW and len(findings) > goals * MOST:
            common[origin, code] = _said_once(origin, findings)
    if not common:
        return list(verdicts), []
    kept = []
    for case, verdict in zip(world.cases, verdicts, strict=True):
        rest = tuple(
            f for f in verdict.findings if (case.goal.origin, f.code) not in common
        )
        changed = len(rest) != len(verdict.findings)
        kept.append(replace(verdict, findings=rest) if changed else verdict)
    return kept, list(common.values())


def _said_once(origin: Origin, findings: Sequence[Finding]) -> Finding:
    first = findings[0]
    column = first.at.column if first.at else 1
    return replace(
        first,
        what=_ONCE.fill(n=len(findings), what=first.what),
        at=CellRef(origin.sheet, origin.header_row, column),
        subject="",
    )
