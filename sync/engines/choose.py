"""From what the user asked for to an engine."""

from contextlib import AbstractContextManager, nullcontext

from sync.engines.dask import connected
from sync.engines.engine import Engine
from sync.engines.local import LocalEngine


def engine_for(url: str | None) -> AbstractContextManager[Engine]:
    """Give the engine to work with.

    Args:
        url: A scheduler's, as in ``dask://host:8786``; ``None`` for this machine.
    """
    return nullcontext(LocalEngine()) if url is None else connected(url)
