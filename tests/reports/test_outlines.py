"""What every letter shows and in which order, beside what it showed when it was last
looked at.

On a difference the outlines of now are in ``tests/actual``: look at the letters, with
``followup mail preview --variant``, then copy them over ``letter_outlines.txt``.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from reports.letters import Letter
from reports.told import variant_of

KEPT = Path(__file__).with_name("letter_outlines.txt")
ACTUAL = Path(__file__).parents[1] / "actual" / KEPT.name


class Outline(HTMLParser):
    """Gathers headings, names, tables, boxes and paragraphs in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if tag in {"h1", "h2"} or kind == "who":
            self._within = tag
            self.found.append("" if tag == "h1" else "  ")
        elif tag == "table" and kind in {"card", "rows"}:
            self.found.append(f"    [{kind}]")
        elif kind == "say":
            self.found.append("      [box]")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within:
            self.found[-1] += data.strip()


def outlines(letters: tuple[Letter, ...]) -> Iterator[str]:
    for one in sorted(letters, key=lambda one: (one.audience, one.person_key)):
        reader = one.person_key or one.recipient.email
        yield f"== {variant_of(one.key)} · {one.audience} {reader} · {one.language}"
        yield one.subject
        yield from Outline(one.html).found


def test_letters_show_what_they_showed_when_they_were_last_looked_at(
    every_letter: tuple[Letter, ...],
) -> None:
    now = "\n".join(outlines(every_letter)) + "\n"
    kept = KEPT.read_text(encoding="utf-8")
    if now != kept:
        ACTUAL.parent.mkdir(exist_ok=True)
        ACTUAL.write_text(now, encoding="utf-8")

    assert now == kept
