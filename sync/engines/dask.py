"""A Dask cluster: the same work on as many machines as there are.

Every worker needs Followup in the same version and reaches the workbooks under the same
paths. Results come back to us alone; nothing is written or sent by a worker.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from sync.engines.engine import J, R, Window, Work, outcome_of
from sync.errors import FollowupError

_SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
_WAIT_SECONDS = 15
_NO_LIMIT = 1 << 62


class EngineError(FollowupError):
    """The engine cannot be used."""

    code = "F501"


class DaskEngine:
    """Work handed to a Dask scheduler, which gives it anew when a worker is lost."""

    def __init__(self, client: Any) -> None:
        """Take a connected ``distributed.Client``; it has no types."""
        self._client = client

    def run(
        self,
        work: Work[J, R],
        jobs: Sequence[J],
        sizes: Sequence[int],  # noqa: ARG002 - the cluster minds its own memory
    ) -> Iterator[tuple[int, R | FollowupError]]:
        """Carry jobs out; see `Engine.run`."""
        n_threads = sum(self._client.nthreads().values())
        # Equal calls are different workbooks' work at different times: never shared.
        executor = self._client.get_executor(pure=False)
        window = Window(executor, work, most=max(4 * n_threads, 8), budget=_NO_LIMIT)
        everything = range(len(jobs))
        for index, future in window.results(jobs, [0] * len(jobs), everything):
            result = outcome_of(future)
            yield index, result


@contextmanager
def connected(url: str) -> Iterator[DaskEngine]:
    """Connect to a scheduler, and let go of it at the end.

    Args:
        url: As in ``dask://host:8786``, or ``dask+tls://host:8786`` with the
            certificates that Dask's own configuration names.

    Raises:
        EngineError: If there is no scheduler or no worker, or Dask is not installed.
    """
    scheme, _, place = url.partition("://")
    if scheme not in _SCHEMES or not place:
        raise EngineError(
            f"{url!r} is no engine we know",
            where="--engine",
            hint="write it as in dask://host:8786 or dask+tls://host:8786",
        )
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise EngineError(
            "Dask is not installed",
            where="--engine",
            hint="install Followup with its extra: pip install 'followup[dask]'",
        ) from None
    security = distributed.Security() if scheme == "dask+tls" else None
    address = f"{_SCHEMES[scheme]}://{place}"
    try:
        client = distributed.Client(
            address,
            timeout=_WAIT_SECONDS,
            set_as_default=False,
            security=security,
        )
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise EngineError(
            f"the scheduler cannot be reached: {type(error).__name__}",
            where=url,
            hint="check that dask scheduler runs there and that its certificates fit",
        ) from None
    with client:
        if not client.nthreads():
            raise EngineError(
                "the scheduler has no workers", where=url, hint="start dask worker"
            )
        yield DaskEngine(client)
