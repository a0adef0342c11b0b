"""``followup check``: every finding of a workbook."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from reports.book import hints_book, hints_of, may_replace
from sync.assess.model import Assessment
from sync.causes import cause
from sync.cli.gather import engine_option, gather
from sync.cli.session import as_of_option, current, json_option, source_argument
from sync.cli.several import heading, tell_failures, wrapped
from sync.cli.show import emit_finding, emit_json, finding_json
from sync.durable import write_whole
from sync.errors import FollowupError
from sync.findings import SEVERITIES, Severity
from sync.wording import Lang, Text


class NotOursError(FollowupError):
    """The file to be written exists and is not an untouched fill-in sheet of ours."""

    code = "F141"


@click.command("check")
@source_argument
@engine_option
@as_of_option
@click.option(
    "--fix-hints",
    "hints",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a fill-in sheet (.xlsx) for the authors of the goals.",
)
@json_option
@click.pass_context
def command(  # noqa: PLR0917 - one argument for each option
    ctx: click.Context,
    source: str | None,
    engine: str | None,
    as_of: datetime | None,
    hints: Path | None,
    *,
    as_json: bool,
) -> int:
    """List what is unclear, contradictory or unreadable, cell by cell.

    Exits 1 when a finding is an error.
    """
    session = current(ctx)
    if hints is not None:
        _refuse_foreign(hints)
    gathered = gather(session, source, None, session.today(as_of), engine=engine)
    tell_failures(session, gathered.failures)
    if hints is not None and gathered.judged:
        lang = session.lang or gathered.lang
        n_hints = _write_hints(gathered.joined(session.config), hints, lang)
        session.say(
            f"{hints}：{n_hints} 个目标待补充"
            if lang == "zh"
            else f"{hints}: {n_hints} goals to complete"
        )
    if as_json:
        documents = [
            _json(one.assessment, session.lang or one.lang) for one in gathered.judged
        ]
        emit_json(wrapped(gathered, documents) if gathered.many else documents[0])
    else:
        for one in gathered.judged:
            heading(gathered, one.locator)
            _show(one.assessment, session.lang or one.lang)
    wrong = any(_counts(one.assessment)["error"] for one in gathered.judged)
    return gathered.code(1 if wrong else 0)


def _counts(assessment: Assessment) -> Counter[Severity]:
    return Counter(finding.severity for finding in assessment.findings)


def _json(assessment: Assessment, lang: Lang) -> dict[str, object]:
    names, counts = _names(assessment), _counts(assessment)
    findings = [
        finding_json(finding, names.get(finding.subject, finding.subject), lang)
        for finding in assessment.findings
    ]
    codes = Counter(finding.code for finding in assessment.findings)
    summary: dict[str, object] = {
        "goals": len(assessment.goals),
        "findings": len(findings),
        **{severity: counts[severity] for severity in SEVERITIES},
        "by_code": dict(sorted(codes.items())),
    }
    return {"findings": findings, "summary": summary}


def _show(assessment: Assessment, lang: Lang) -> None:
    for finding in assessment.findings:
        emit_finding(finding, lang)
    n, counts = len(assessment.goals), _counts(assessment)
    click.echo(
        f"{n} 个目标：{counts['error']} 处必须改，{counts['warning']} 处建议改，"
        f"{counts['info']} 处供参考"
        if lang == "zh"
        else f"goals: {n}; errors: {counts['error']}, "
        f"warnings: {counts['warning']}, remarks: {counts['info']}"
    )


def _names(assessment: Assessment) -> dict[str, str]:
    """Goal key → what people call the goal: its number, else its title."""
    goals = (judged.goal for judged in assessment.goals)
    return {goal.key: goal.goal_id or goal.title for goal in goals}


def _refuse_foreign(path: Path) -> None:
    """Stop before any work when the file belongs to somebody."""
    if path.suffix.lower() != ".xlsx":
        raise NotOursError(
            Text("填写表是 Excel 工作簿", "the fill-in sheet is an Excel workbook"),
            where=str(path),
            hint=Text(
                "请给一个以 .xlsx 结尾的文件名", "name a file that ends in .xlsx"
            ),
        )
    if path.exists() and not may_replace(path):
        raise NotOursError(
            Text(
                "文件已存在，而且不是没动过的填写表，所以没有改动它",
                "exists and is not an untouched fill-in sheet; it is left as it is",
            ),
            where=str(path),
            hint=Text(
                "请换一个文件名，或把这个文件移走",
                "name another file, or move this one away",
            ),
        )


def _write_hints(assessment: Assessment, path: Path, lang: Lang) -> int:
    """Write the fill-in sheet in one step.

    Returns:
        How many goals lack something.
    """
    hints = hints_of(assessment, lang)
    try:
        write_whole(path, hints_book(hints, lang))
    except OSError as error:
        raise NotOursError(
            Text(
                "填写表无法保存：{why}",
                "the fill-in sheet could not be written: {why}",
                {"why": cause(error)},
            ),
            where=str(path),
            hint=Text(
                "请选择一个已有且可以写入的文件夹",
                "choose a folder that exists and may be written to",
            ),
        ) from error
    return len(hints)
