"""Feed damaged workbooks and text files to everything that reads: nothing may crash.

``python -m tests.fuzz [SECONDS]`` spoils XML inside the package, bytes of a text file,
and words in headers and cells, and runs what a sync runs up to the plan, and a template.
An error of ours is an answer; anything else is kept under its seed and printed.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import click

from reports.render import Renderer
from sync import pipeline
from sync.assess.model import Past
from sync.config.model import Config
from sync.errors import FollowupError
from sync.workbooks.memory import MemoryWorkbook
from sync.workbooks.open import open_workbook
from tests.faults.crash.scene import make_workbook

TODAY = date(2026, 11, 22)
LIMIT = 20.0
"""Seconds of CPU that nothing this small may take."""
WORDS = (
    "", " ", "\u2028", "\u202e", "\ufeff", "\x00", "\ud800", "\U0010ffff", "e\u0301" * 40,
    "=1+1", "1e400", "-0", "NaN", "9" * 400, "１２３", "٣٤", "%", "100%%", "≥", "1,2,3",
    "2026-02-30", "0000-00-00", "2026年13月", "99999-12-31", "去年底前后", "Q9", "FY99999",
    "编号", "目标", "状态", "截止日期", "完成进度", "_x0000_", "&#0;", "<![CDATA[", "]]>",
    "从100提升到", "(" * 300, "提升" * 900, "{{ 7*7 }}", "{% for a in b %}", "²", "½", "〇",
)  # fmt: skip
MARKUP = (
    b"", b"<", b">", b"/", b'"', b"<c/>", b"<row/>", b'r="A0"', b'r="XFE1"', b't="s"',
    b't="d"', b't="zz"', b"<v>-1</v>", b"<v>1e999</v>", b"<v/>", b"<f>", b"&#x0;", b"&amp;",
    b"<is><t/></is>", b'ref="A1:XFD1048576"', b'sqref="A:A"', b's="99999"', b"\xff\xfe",
    b"\xef\xbb\xbf", b"-1", b"4294967296", b"<!-- -->", b"<?x?>", b'xml:space="preserve"',
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    parser.add_argument("--seed", type=int, help="try this one only")
    given = parser.parse_args()
    seeds = [given.seed] if given.seed is not None else range(10**9)
    ends, crashes = Counter[str](), Counter[str]()
    began = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        for seed in seeds:
            if time.process_time() - began > given.seconds:
                break
            end, trace = attempt(seed, Path(name))
            ends[end] += 1
            if trace and not crashes[trace.splitlines()[-1]]:
                click.echo(f"seed {seed}:\n{trace}")
            crashes.update([trace.splitlines()[-1]] if trace else [])
    tried = ", ".join(f"{number} {end}" for end, number in ends.most_common())
    click.echo(f"{ends.total()} tried: {tried}")
    sys.exit(1 if crashes else 0)


def attempt(seed: int, folder: Path) -> tuple[str, str]:
    """Try one spoiled input; give how it ended, and the traceback of a crash."""
    chance = random.Random(seed)
    spoil = chance.choice((spoiled_package, spoiled_text, spoiled_words, templates))
    began = time.process_time()
    try:
        end = spoil(chance, folder)
    except FollowupError as error:
        end = type(error).__name__
    except Exception:  # noqa: BLE001 - that is what is looked for
        return "crashed", traceback.format_exc()
    if (spent := time.process_time() - began) > LIMIT:
        return "too slow", f"{spoil.__name__} took {spent:.0f} s"
    return end, ""


def spoiled_package(chance: random.Random, folder: Path) -> str:
    """Change some bytes of the XML of some parts, and write the package well."""
    clean = folder / "clean.xlsx"
    if not clean.exists():
        make_workbook(clean)
    with zipfile.ZipFile(clean) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in chance.sample(sorted(parts), chance.choice((1, 1, 1, 2))):
        parts[name] = _spoiled(parts[name], chance)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return _read(folder / "spoiled.xlsx", target.getvalue())


def spoiled_text(chance: random.Random, folder: Path) -> str:
    """Change bytes of a text file in one of the encodings that people save in."""
    text = "\n".join(",".join(str(v or "") for v in row) for row in _rows(chance))
    coding = chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"))
    data = _spoiled(text.encode(coding, "replace"), chance)
    return _read(folder / "spoiled.csv", data)


def spoiled_words(chance: random.Random, _folder: Path) -> str:
    """Put odd words into headers and cells."""
    _judge(MemoryWorkbook({"目标": _rows(chance), "打卡": _rows(chance)}))
    return "read"


def templates(chance: random.Random, folder: Path) -> str:
    """Let a template of the user's be anything."""
    pieces = ("{{", "}}", "{%", "%}", "person", ".", "name", "|", "upper", "for g in goals",
              "endfor", "if", "endif", "\n", "''", "*", "10**9", "[", "]", "__class__",
              "subject: ", "loop", "range(9)", "{#", "#}")  # fmt: skip
    text = " ".join(chance.choices(pieces, k=chance.randint(1, 14)))
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own" / "employee.text.zh.j2").write_text(text, "utf-8")
    try_template(folder / "own")
    return "read"


def try_template(folder: Path) -> None:
    """Render a user's template with nothing in it."""
    Renderer(folder, TODAY).text("employee", "zh", {"goals": [1], "person": "王芳"})


def _rows(chance: random.Random) -> list[list[str | int | float | date | None]]:
    heads = ["编号", "姓名", "邮箱", "目标", "目标值", "当前值", "权重", "开始日期", "截止日期",
             "完成进度", "状态", "备注"]  # fmt: skip
    rows: list[list[str | int | float | date | None]] = [[*heads]]
    dates = (date(2026, 1, 1), "2026-12-31")
    rows += [
        [
            "G1",
            "王芳",
            "a@b.cn",
            "销售额提升到120万",
            120,
            n,
            0.5,
            *dates,
            "80%",
            "正常",
            None,
        ]
        for n in range(1, 7)
    ]
    for _ in range(chance.randint(1, 12)):
        row = chance.choice(rows)
        value = row[at := chance.randrange(len(row))]
        odd = chance.choice(WORDS)
        numbers = (float("nan"), float("inf"), -1e308, 2**70, date(1, 1, 1), date.max)
        row[at] = chance.choice(
            (odd, f"{value}{odd}", f"{odd}{value}", chance.choice(numbers))
        )
    chance.shuffle(rows) if chance.random() < 0.1 else None
    return rows


def _spoiled(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, start = chance.randrange(len(data) + 1), chance.randrange(len(data) or 1)
        cut = chance.choice((0, 0, 1, 3, 17))
        byte, again = bytes([chance.randrange(256)]), data[start : start + 60]
        new = chance.choice((chance.choice(MARKUP), byte, again))
        data = data[:at] + new + data[at + cut :]
    return data or b" "


def _read(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    _judge(open_workbook(str(path)))
    return "read"


def _judge(book: object) -> None:
    understood = pipeline.understand(book, Config(), ())  # type: ignore[arg-type]
    judged = pipeline.judge(understood, Config(), past=Past(), today=TODAY)
    pipeline.plan(understood, judged, Config(), {})


if __name__ == "__main__":
    main()
