"""The page's colours as CSS variables, for light and dark screens and for paper."""

from collections.abc import Mapping

from reports import palette
from reports.palette import Colours
from sync.records.model import Status

LIGHT: Mapping[str, str] = {
    "paper": palette.PAPER,
    "desk": palette.DESK,
    "ink": palette.INK,
    "quiet": palette.QUIET,
    "line": palette.LINE,
    "edge": "#B9C2BF",
    "track": palette.TRACK,
    "accent": palette.ACCENT,
    "on-accent": "#FFFFFF",
    "soft": palette.SOFT,
}
DARK: Mapping[str, str] = {
    "paper": "#1B2224",
    "desk": "#12181A",
    "ink": "#E7EDEB",
    "quiet": "#A3B1AF",
    "line": "#313C3E",
    "edge": "#4E5C5D",
    "track": "#364144",
    "accent": "#7CC6BD",
    "on-accent": "#0E1A19",
    "soft": "#223133",
}

DARK_COLOURS: Mapping[Status, Colours] = {
    Status.ACHIEVED: Colours("#B4E3C1", "#1D3A28", "#5BB27A"),
    Status.AHEAD: Colours("#A9E2DC", "#193936", "#4DB3AB"),
    Status.ON_TRACK: Colours("#B9D6F2", "#1E3249", "#6BA4D8"),
    Status.NOT_STARTED: Colours("#D0D6D9", "#333B3F", "#98A3A9"),
    Status.AT_RISK: Colours("#F3D591", "#453311", "#D9A03F"),
    Status.BEHIND: Colours("#F6BE9E", "#4A2917", "#E0824E"),
    Status.OVERDUE: Colours("#F6B5B8", "#4B1F23", "#DE6A70"),
    Status.NO_DATA: Colours("#D3C6EE", "#352B4C", "#A797CF"),
    Status.CLOSED: Colours("#C9CED0", "#32393B", "#8B9497"),
}


def variables() -> str:
    """Write the variables: light, dark by the system's wish, dark by the reader's.

    Paper is always light: both dark blocks are for screens only.
    """
    light = _block(LIGHT, palette.COLOURS)
    dark = _block(DARK, DARK_COLOURS)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        "@media screen and (prefers-color-scheme:dark){"
        f':root:not([data-theme="light"]){{color-scheme:dark;{dark}}}}}\n'
        f'@media screen{{:root[data-theme="dark"]{{color-scheme:dark;{dark}}}}}\n'
        + "".join(_classes(status) for status in Status)
    )


def _block(plain: Mapping[str, str], colours: Mapping[Status, Colours]) -> str:
    parts = [f"--{name}:{value}" for name, value in plain.items()]
    for status, (ink, fill, bar) in colours.items():
        parts += [f"--{status}-ink:{ink}", f"--{status}-fill:{fill}"]
        parts.append(f"--{status}-bar:{bar}")
    return ";".join(parts)


def _classes(status: Status) -> str:
    """Give one status' pill, chart part, bar and tint of the heat map."""
    return (
        f".p-{status}{{background:var(--{status}-fill);color:var(--{status}-ink)}}"
        f".f-{status}{{fill:var(--{status}-bar);background:var(--{status}-bar)}}"
        f".h-{status}::before{{background:var(--{status}-bar)}}\n"
    )
