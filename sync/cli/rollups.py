"""How ``followup status`` shows goals at the top, departments and teams as one each."""

from collections.abc import Sequence

import click

from sync.assess.labels import ROLLUPS, label
from sync.assess.process import RollUp
from sync.assess.shown import percent
from sync.wording import Lang, Text, shorten

MOST_ROWS = 10
"""Of each kind; more is in the JSON."""

_LINE = Text(
    "  {name} · {n} 个目标（{people} 人） · {done} · {status}",
    "  {name} · goals {n}, people {people} · {done} · {status}",
)
_DONE = Text("完成 {share}", "{share} done")
_COVERED = Text(
    "{done}（有数据的占 {covered}）", "{done} ({covered} of it with figures)"
)
_NOTHING = Text("都没有数据", "no figures")
_OWN = Text("{said}（目标自身：{own}）", "{said} (the goal itself: {own})")
_MORE = Text("  另有 {n} 个，见 --json", "  {n} more: see --json")


def show_rollups(rollups: Sequence[RollUp], lang: Lang) -> None:
    """Print each kind under its own head; nothing where there is nothing to roll up."""
    for kind, head in ROLLUPS.items():
        found = [one for one in rollups if one.kind == kind]
        if not found:
            continue
        click.echo(f"\n{head.in_(lang)}")
        for one in found[:MOST_ROWS]:
            click.echo(_said(one, lang).in_(lang))
        if len(found) > MOST_ROWS:
            click.echo(_MORE.fill(n=len(found) - MOST_ROWS).in_(lang))


def rollup_json(one: RollUp) -> dict[str, object]:
    """Give one the form of the contract; shares of the whole."""
    return {
        "kind": one.kind,
        "name": one.name,
        "goals": one.n,
        "people": one.n_people,
        "progress": one.progress,
        "coverage": one.coverage,
        "status": str(one.status),
        "own_status": str(one.own_status) if one.own_status else None,
    }


def _said(one: RollUp, lang: Lang) -> Text:
    done = _NOTHING
    if one.progress is not None:
        done = _DONE.fill(share=percent(one.progress))
        if one.coverage < 1:
            done = _COVERED.fill(done=done, covered=percent(one.coverage))
    status: object = label(one.status, lang)
    if one.own_status not in {None, one.status} and one.own_status:
        status = _OWN.fill(said=status, own=label(one.own_status, lang))
    return _LINE.fill(
        name=shorten(one.name), n=one.n, people=one.n_people, done=done, status=status
    )
