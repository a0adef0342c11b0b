"""``followup check``: every finding of a workbook."""

from collections import Counter
from datetime import datetime

import click

from sync.assess.model import Assessment
from sync.cli.session import as_of_option, current, json_option, source_argument
from sync.cli.show import emit_finding, emit_json, finding_json
from sync.findings import SEVERITIES


@click.command("check")
@source_argument
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, source: str | None, as_of: datetime | None, *, as_json: bool
) -> int:
    """List what is unclear, contradictory or unreadable, cell by cell.

    Exits 1 when a finding is an error.
    """
    session = current(ctx)
    opened = session.open(source)
    lang = session.shown_in(opened.understood)
    assessment = session.judge(opened, None, session.today(as_of))
    counts = Counter(finding.severity for finding in assessment.findings)
    if as_json:
        names = _names(assessment)
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
        emit_json({"findings": findings, "summary": summary})
    else:
        for finding in assessment.findings:
            emit_finding(finding, lang)
        n = len(assessment.goals)
        click.echo(
            f"{n} 个目标：{counts['error']} 处必须改，{counts['warning']} 处建议改，"
            f"{counts['info']} 处供参考"
            if lang == "zh"
            else f"goals: {n}; errors: {counts['error']}, "
            f"warnings: {counts['warning']}, remarks: {counts['info']}"
        )
    return 1 if counts["error"] else 0


def _names(assessment: Assessment) -> dict[str, str]:
    """Goal key → what people call the goal: its number, else its title."""
    goals = (judged.goal for judged in assessment.goals)
    return {goal.key: goal.goal_id or goal.title for goal in goals}
