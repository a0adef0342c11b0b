"""One page to browse the outbox: works from a disk, asks nothing of the network."""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import templates
from reports.deliver.entry import OutboxEntry, read_parts
from reports.show import harmless
from sync.languages import languages

MOST_SHOWN = 300
"""Letters whose content the page carries; older ones are listed with a link."""
MOST_BYTES = 20_000_000

_FOLDER = Path(templates.__file__).parent


def page(entries: Sequence[OutboxEntry]) -> str:
    """Write the page for the given letters, oldest first; newest are shown on top.

    Letters stand in it as data and are shown in a frame that may run nothing.
    """
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (_FOLDER / "outbox.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    newest = list(reversed(entries))
    return environment.get_template("outbox.html.j2").render(
        entries=[_row(one) for one in newest],
        languages=sorted({one.language for one in entries if one.language}),
        letters=_island(newest),
        script=script,
        script_hash=f"sha256-{digest}",
    )


def _row(one: OutboxEntry) -> dict[str, object]:
    return {
        "file": one.path.name,
        "audience": one.audience,
        "recipient": harmless(one.recipient),
        "email": harmless(one.email or ""),
        "language": one.language,
        "html_lang": languages()[one.language].html if one.language else "",
        "robot": harmless(one.robot),
        "subject": harmless(one.subject),
        "at": f"{one.at:%Y-%m-%d %H:%M}",
        "held": one.held,
        "problems": one.problems,
    }


def _island(entries: Sequence[OutboxEntry]) -> str:
    """Write the letters as JSON that no content can break out of.

    ASCII throughout (U+2028 among others is escaped) and no ``<``, so neither a closing
    tag nor a comment can begin in it (HTML, 4.12.1.3).
    """
    shown: dict[str, dict[str, str]] = {}
    size = 0
    for one in entries[:MOST_SHOWN]:
        html, text = read_parts(one.path)
        size += len(html) + len(text)
        if size > MOST_BYTES:
            break
        shown[one.path.name] = {"html": html, "text": text}
    plain = json.dumps(shown, ensure_ascii=True, sort_keys=True)
    return plain.replace("<", "\\u003c").replace(">", "\\u003e")
