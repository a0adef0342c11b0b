"""One workbook of several, and how it is called beside the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sync.assess.model import Assessment, Past
from sync.cells import CellRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One workbook, judged by itself."""

    label: str
    """What readers call it; no other part has the same. See `labels_of`."""
    locator: str
    """What history knows it by."""
    assessment: Assessment
    past: Past


def labels_of(locators: Sequence[str]) -> tuple[str, ...]:
    """Call each workbook by its file name, with as many folders as tell it apart.

    Brackets become round ones: they hold the label in `placed`.

    >>> labels_of(["/hr/east/goals.xlsx", "/hr/west/goals.xlsx", "/hr/it.xlsx"])
    ('east/goals.xlsx', 'west/goals.xlsx', 'it.xlsx')
    """
    steps = [PurePath(one.rstrip("/")).parts for one in locators]
    sizes = [1] * len(steps)
    longest = max(map(len, steps), default=0)
    labels = [_tail(one, 1) for one in steps]
    for size in range(2, longest + 1):
        shared = Counter(labels)
        for index, one in enumerate(steps):
            if shared[labels[index]] > 1:
                sizes[index] = size
                labels[index] = _tail(one, size)
    return tuple(_numbered(labels))


def placed(label: str, sheet: str) -> str:
    """Name a sheet together with its workbook, as Excel does in ``[goals.xlsx]Q3``."""
    return f"[{label}]{sheet}"


def label_in(sheet: str) -> str:
    """Give the workbook that a joined sheet name begins with; empty for none."""
    return sheet[1:].partition("]")[0] if sheet.startswith("[") else ""


def original(at: CellRef) -> CellRef:
    """Give a cell as its own workbook knows it."""
    label = label_in(at.sheet)
    return at._replace(sheet=at.sheet.removeprefix(f"[{label}]")) if label else at


def _tail(steps: tuple[str, ...], size: int) -> str:
    text = "/".join(steps[-size:])
    return text.replace("[", "(").replace("]", ")")


def _numbered(labels: Sequence[str]) -> list[str]:
    """Tell those apart by number that nothing else tells apart."""
    seen: Counter[str] = Counter()
    result = []
    for label in labels:
        seen[label] += 1
        n = seen[label]
        result.append(label if n == 1 else f"{label} ({n})")
    return result
