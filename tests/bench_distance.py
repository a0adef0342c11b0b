"""A line that takes its time: what `tests/bench_mail.py` puts before a mail server.

On one machine an answer is there at once. From an office to its provider it takes ten
milliseconds or more, and who asks less often is done sooner.
"""

import asyncio
import sys
from functools import partial


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float
) -> None:
    """Hand on all that comes, in its order, so much later."""
    loop = asyncio.get_running_loop()
    while chunk := await reader.read(65_536):
        loop.call_later(seconds, writer.write, chunk)
    loop.call_later(seconds, writer.close)


async def _connect(
    to: int,
    seconds: float,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    beyond, onward = await asyncio.open_connection("127.0.0.1", to)
    await asyncio.gather(
        _carry(reader, onward, seconds),
        _carry(beyond, writer, seconds),
        return_exceptions=True,
    )


async def _main(port: int, to: int, seconds: float) -> None:
    connect = partial(_connect, to, seconds)
    server = await asyncio.start_server(connect, "127.0.0.1", port)
    print("ready", flush=True)  # noqa: T201
    async with server:
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000))
