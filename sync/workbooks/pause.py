"""The cycle collector held back while very many values are made at once.

It wakes after every few hundred new objects and looks through all that live. Cells are
values without cycles: in a workbook of a million of them it finds nothing, and takes a
third of the time to find it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the collector back, unless it is held back already."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
