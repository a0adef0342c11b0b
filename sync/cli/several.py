"""How the results of several workbooks look: each by itself, then what failed."""

from collections.abc import Sequence

import click

from sync.cli.gather import Failure, Gathered
from sync.cli.session import Session
from sync.wording import Text

_FAILED = Text("{n} 个工作簿没有处理成功", "workbooks that failed: {n}")


def heading(gathered: Gathered, locator: str) -> None:
    """Print which workbook follows, where there are several."""
    if gathered.many:
        click.secho(f"── {gathered.labels[locator]} ──", bold=True)


def tell_failures(session: Session, failures: Sequence[Failure]) -> None:
    """Say of each workbook that failed why, on standard error."""
    lang = session.speaks
    for one in failures:
        text, colon = one.error.in_(lang), "：" if lang == "zh" else ": "
        named = text if one.locator in text else f"{one.locator}{colon}{text}"
        click.echo(named, err=True)
    if failures:
        click.echo(_FAILED.fill(n=len(failures)).in_(lang), err=True)


def wrapped(
    gathered: Gathered, documents: Sequence[dict[str, object]], **more: object
) -> dict[str, object]:
    """Put the documents of several workbooks into one.

    Args:
        gathered: The workbooks.
        documents: What the command says of each that was judged, in the same order.
        more: What the command says of all of them together.
    """
    failed = [
        {
            "source": one.locator,
            "error": {
                "code": one.error.code,
                "what": one.error.what,
                "where": one.error.where,
                "fix": one.error.hint,
            },
        }
        for one in gathered.failures
    ]
    done = [
        {"source": one.locator, **document}
        for one, document in zip(gathered.judged, documents, strict=True)
    ]
    summary = {"sources": len(done) + len(failed), "failed": len(failed)}
    return {"sources": [*done, *failed], **more, "summary": summary}
