"""Colours of a status: dark text on a pale fill, so that forced inversion keeps both.

Every pair of ink and fill reaches WCAG AA (4.5); a test measures it. Colour is never
alone: wherever it is used the status' sign and word stand with it.
"""

from typing import NamedTuple

from sync.records.model import Status


class Colours(NamedTuple):
    """Hex colours of one status."""

    ink: str
    """Text on `fill`."""
    fill: str
    bar: str
    """A progress bar on white; at least 3 to 1 against `TRACK`'s surroundings."""


PAPER = "#FFFFFF"
DESK = "#F2F3F0"
INK = "#1F2A2E"
QUIET = "#56646A"
"""Secondary text, on `PAPER` and on `DESK`."""
LINE = "#DDE1DF"
TRACK = "#E3E6E4"
"""What is left of a progress bar."""
ACCENT = "#1F5F5B"
"""Links and the letter's own marks."""
SOFT = "#EEF4F2"
"""Behind a question to ask."""


class Dark(NamedTuple):
    """The same roles at night; the pale fills of a status stay as they are."""

    DESK: str = "#101516"
    PAPER: str = "#1B2224"
    INK: str = "#E6EAE8"
    QUIET: str = "#A9B5B2"
    LINE: str = "#3A4547"
    SOFT: str = "#263133"
    ACCENT: str = "#7FC4BD"


DARK = Dark()

COLOURS: dict[Status, Colours] = {
    Status.ACHIEVED: Colours("#14532D", "#E2F1E5", "#2F7D4A"),
    Status.AHEAD: Colours("#12504C", "#DFF1EF", "#24807A"),
    Status.ON_TRACK: Colours("#1D3B5E", "#E3EDF7", "#3A73A8"),
    Status.NOT_STARTED: Colours("#3B4045", "#EBEDEE", "#7C858B"),
    Status.AT_RISK: Colours("#664000", "#FCEFCF", "#B87A14"),
    Status.BEHIND: Colours("#7A2E10", "#FBE5D7", "#C4602C"),
    Status.OVERDUE: Colours("#7A1B1F", "#F9DFDF", "#B53A3F"),
    Status.NO_DATA: Colours("#4A3A6B", "#EDE8F5", "#8473A8"),
    Status.CLOSED: Colours("#454A4D", "#ECEDED", "#8B9194"),
}
