"""What people noted beside a cell: comments of both generations."""

from collections.abc import Iterable

from sync.workbooks.excel.elements import Element
from sync.workbooks.excel.strings import rich_text
from sync.workbooks.excel.structure import area_of

Notes = dict[tuple[int, int], str]


def legacy(comments: Element) -> Notes:
    """Read a comments part: (row, column) → text."""
    notes: Notes = {}
    for comment in comments.under("commentList", "comment"):
        at, text = area_of(comment.get("ref")), comment.child("text")
        if at is not None and text is not None:
            notes[at.top, at.left] = rich_text(text)
    return notes


def threaded(comments: Element) -> Notes:
    """Read a part of threaded comments: each thread in order, one remark a line."""
    threads: dict[tuple[int, int], list[str]] = {}
    for comment in comments.all("threadedComment"):
        at, text = area_of(comment.get("ref")), comment.child("text")
        if at is not None and text is not None:
            threads.setdefault((at.top, at.left), []).append(text.text)
    return {place: "\n".join(remarks) for place, remarks in threads.items()}


def together(old: Iterable[Notes], new: Iterable[Notes]) -> Notes:
    """Join both: Excel leaves a plain copy of each thread for older programs."""
    notes: Notes = {}
    for found in (*old, *new):
        notes.update(found)
    return {place: text for place, text in notes.items() if text.strip()}
