"""``followup smart``: goals typed in or piped, against SMART."""

import sys

import click

from sync.cli.session import current, json_option
from sync.cli.show import COLOURS, emit_json
from sync.smart.text import TextVerdict, lint_text
from sync.wording import Lang


@click.command("smart")
@click.argument("text", nargs=-1)
@json_option
@click.pass_context
def command(ctx: click.Context, text: tuple[str, ...], *, as_json: bool) -> None:
    """Lint goal texts: from the arguments, or one a line on standard input."""
    texts = text or tuple(line.strip() for line in sys.stdin if line.strip())
    verdicts = [lint_text(goal) for goal in texts]
    chosen = current(ctx).lang
    if as_json:
        emit_json([_json(verdict, chosen or verdict.lang) for verdict in verdicts])
        return
    for verdict in verdicts:
        _show(verdict, chosen or verdict.lang)


def _json(verdict: TextVerdict, lang: Lang) -> dict[str, object]:
    return {
        "text": verdict.text,
        "lang": verdict.lang,
        "score": verdict.score,
        "missing": list(verdict.missing),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "letter": finding.letter,
                "what": finding.what.in_(lang),
                "fix": finding.fix.in_(lang),
            }
            for finding in verdict.findings
        ],
        "suggestion": verdict.suggestion,
    }


def _show(verdict: TextVerdict, lang: Lang) -> None:
    zh = lang == "zh"
    lacks = "·".join(verdict.missing)
    click.echo(f"{verdict.score:>3}  {verdict.text}")
    if lacks:
        click.echo(f"     {'缺 ' if zh else 'lacks '}{lacks}")
    for finding in verdict.findings:
        code = click.style(finding.code, fg=COLOURS[finding.severity])
        dash = "。" if zh else ". "
        click.echo(f"     {code} {finding.what.in_(lang)}{dash}{finding.fix.in_(lang)}")
    if verdict.suggestion:
        click.echo(f"     {'可以写成：' if zh else 'try: '}{verdict.suggestion}")
