"""``followup rules``: the lint's rules, and one rule in full."""

from collections.abc import Iterable

import click

from sync.cli.session import current, json_option
from sync.cli.show import emit_json, emit_table
from sync.errors import FollowupError
from sync.findings import SEVERITY_NAMES
from sync.smart.catalogue import RULES
from sync.smart.catalogue import rule as find_rule
from sync.smart.docs import docs
from sync.smart.rules import Row, Rule
from sync.wording import Lang, Text


class UnknownRuleError(FollowupError):
    """No rule has this code."""

    code = "F140"


_HEADS = {
    "checks": Text("检查什么", "What it checks"),
    "why": Text("为什么重要", "Why it matters"),
    "example": Text("例子", "Example"),
    "instead": Text("可以这样写", "Write instead"),
    "options": Text("相关配置", "Options"),
    "gaps": Text("看不到的情况", "Known gaps"),
}


@click.command("rules")
@click.argument("code", required=False)
@json_option
@click.pass_context
def command(ctx: click.Context, code: str | None, *, as_json: bool) -> None:
    """List the rules of the lint, or explain the one with CODE."""
    session = current(ctx)
    lang: Lang = session.speaks
    if code is None:
        if as_json:
            emit_json([_json(rule, lang) for rule in RULES])
        else:
            _list(lang)
        return
    try:
        rule = find_rule(code)
    except KeyError as error:
        raise UnknownRuleError(
            Text("没有 {code} 这条规则", "there is no rule {code}", {"code": code}),
            hint=Text(
                "followup rules 列出全部规则", "followup rules lists all of them"
            ),
        ) from error
    if as_json:
        emit_json(_json(rule, lang))
    else:
        _explain(rule, lang)


def _json(rule: Rule, lang: Lang) -> dict[str, object]:
    words = docs(rule.code)[lang]
    return {
        "code": rule.code,
        "name": rule.name,
        "letter": rule.letter,
        "severity": rule.severity,
        "scope": rule.scope,
        "checks": words.checks,
        "why": words.why,
        "example": [dict(row) for row in words.example],
        "instead": [dict(row) for row in words.instead],
        "options": words.options,
        "gaps": words.gaps,
    }


def _list(lang: Lang) -> None:
    heads = ("编号", "名称", "程度", "检查什么")
    heads_en = ("code", "name", "severity", "what it checks")
    rows = (
        (
            rule.code,
            rule.name,
            SEVERITY_NAMES[rule.severity].in_(lang),
            docs(rule.code)[lang].checks,
        )
        for rule in RULES
    )
    emit_table(heads if lang == "zh" else heads_en, rows)


def _explain(rule: Rule, lang: Lang) -> None:
    words = docs(rule.code)[lang]
    severity = SEVERITY_NAMES[rule.severity].in_(lang)
    click.echo(f"{rule.code} {rule.name} · {rule.letter} · {severity}")
    parts = {
        "checks": words.checks,
        "why": words.why,
        "example": _rows(words.example),
        "instead": _rows(words.instead),
        "options": words.options,
        "gaps": words.gaps,
    }
    for part, text in parts.items():
        if text:
            click.echo(f"\n{_HEADS[part].in_(lang)}\n  {text}")


def _rows(rows: Iterable[Row]) -> str:
    """Show the rows of an example, one a line, field by field."""
    lines = (" · ".join(f"{name}: {cell}" for name, cell in r.items()) for r in rows)
    return "\n  ".join(lines)
