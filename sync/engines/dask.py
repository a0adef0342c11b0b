"""A Dask cluster: the same work on as many machines as there are.

Every worker needs Followup in the same version and reaches the workbooks under the same
paths. Results come back to us alone; nothing is written or sent by a worker.
"""

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module, metadata
from time import monotonic
from typing import Any

from sync.engines.engine import J, R, Window, Work, as_error, outcome_of
from sync.errors import FollowupError
from sync.wording import Text

_SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
_WAIT_SECONDS = 15
_LOST_SECONDS = 60
_NO_LIMIT = 1 << 62


class EngineError(FollowupError):
    """The engine cannot be used."""

    code = "F501"


class DaskEngine:
    """Work handed to a Dask scheduler, which gives it anew when a worker is lost."""

    def __init__(self, client: Any) -> None:
        """Take a connected ``distributed.Client``; it has no types."""
        self._client = client
        self._seen = monotonic()

    def run(
        self,
        work: Work[J, R],
        jobs: Sequence[J],
        sizes: Sequence[int],  # noqa: ARG002 - the cluster minds its own memory
    ) -> Iterator[tuple[int, R | FollowupError]]:
        """Carry jobs out; see `Engine.run`.

        Raises:
            EngineError: If the scheduler is lost; what was not judged is not known.
        """
        n_threads = sum(self._client.nthreads().values())
        # Equal calls are different workbooks' work at different times: never shared.
        executor = self._client.get_executor(pure=False)
        window: Window[J, bytes] = Window(
            executor,
            partial(_carried, work, _version()),
            most=max(4 * n_threads, 8),
            budget=_NO_LIMIT,
            check=self._check,
        )
        self._seen = monotonic()
        for index, future in window.results(jobs, [0] * len(jobs), range(len(jobs))):
            if future.cancelled():
                # Nobody here cancels: the client did so when it lost the scheduler.
                raise _lost()
            packed = outcome_of(future)
            yield index, _unpacked(packed)

    def _check(self) -> None:
        """Give up when the scheduler has been away for long."""
        if self._client.status == "running":
            self._seen = monotonic()
        elif monotonic() - self._seen > _LOST_SECONDS:
            raise _lost()


def _lost() -> EngineError:
    return EngineError(
        Text("与调度器的连接断开了", "the scheduler was lost"),
        where="--engine",
        hint=Text(
            "什么也没有写入；请重新启动调度器，或去掉 --engine 运行",
            "nothing was written; start it again, or run without --engine",
        ),
    )


def _carried(work: Work[J, R], version: str, job: J) -> bytes:
    """Carry one job out on a worker.

    The result is packed here and unpacked by us: what Dask cannot unpack is lost
    without a word.
    """
    if version != _version():
        raise EngineError(
            Text(
                "有一台计算节点装的是 Followup {other}，本机是 {version}",
                "a worker has Followup {other}, this is {version}",
                {"other": _version(), "version": version},
            ),
            where="--engine",
            hint=Text(
                "请在每台机器上安装相同的版本", "install the same version everywhere"
            ),
        )
    return pickle.dumps(work(job))


def _unpacked(packed: bytes | FollowupError) -> Any:
    if isinstance(packed, FollowupError):
        return packed
    try:
        # From the cluster that the user named; it could run anything here anyway.
        return pickle.loads(packed)  # noqa: S301
    except Exception as error:  # noqa: BLE001 - the others go on
        return as_error(error)


def _version() -> str:
    return metadata.version("followup")


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
            Text("看不懂引擎“{url}”", "{url!r} is no engine we know", {"url": url}),
            where="--engine",
            hint=Text(
                "请写成 dask://host:8786 或 dask+tls://host:8786",
                "write it as in dask://host:8786 or dask+tls://host:8786",
            ),
        )
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise EngineError(
            Text("没有安装 Dask", "Dask is not installed"),
            where="--engine",
            hint=Text(
                "在 Followup 的文件夹里运行：pip install '.[dask]'",
                "in Followup's folder: pip install '.[dask]'",
            ),
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
            Text(
                "连接不上调度器：{kind}",
                "the scheduler cannot be reached: {kind}",
                {"kind": type(error).__name__},
            ),
            where=url,
            hint=Text(
                "请确认那里正在运行 dask scheduler，并且证书相符",
                "check that dask scheduler runs there and that its certificates fit",
            ),
        ) from None
    with client:
        if not client.nthreads():
            raise EngineError(
                Text("调度器下没有计算节点", "the scheduler has no workers"),
                where=url,
                hint=Text("请启动 dask worker", "start dask worker"),
            )
        yield DaskEngine(client)
