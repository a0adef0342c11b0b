"""The configuration as one checked value; every default is the one in the example."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sync.config.complaints import UnfitError
from sync.config.mail import Mail
from sync.config.schedule import Schedule
from sync.config.values import ClaimedStatus, Country, Days, Season, Share
from sync.wording import Lang, Text


class Section(BaseModel):
    """A table of the file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TableOverride(Section):
    """The user's own word about one table; it outranks every guess."""

    sheet: str
    kind: (
        Literal[
            "goals",
            "kpi",
            "ratings",
            "people",
            "feedback",
            "checkins",
            "actions",
            "leave",
            "plans",
            "other",
        ]
        | None
    ) = None
    """``other`` leaves the sheet alone."""
    header_row: Annotated[int, Field(ge=1, le=1_048_576)] | None = None
    """As the sheet numbers its rows; the last one of a header of several rows."""
    columns: dict[str, str] = {}
    """Header text or column letter → field name, or ``ignore``."""


class Source(Section):
    """One workbook."""

    path: str
    """A path, relative to the file that names it, or the URL of a Google Sheet. With
    ``*``, ``?`` or ``**`` in it: every workbook that fits."""
    table: tuple[TableOverride, ...] = ()


class SourceList(Section):
    """A sheet that lists workbooks, one a row."""

    path: str
    """The workbook it is in; what it lists is relative to that."""
    sheet: str | None = None
    """``None``: the first one."""
    column: str
    """The header of the column with the paths or URLs, or its letter."""


class Office(Section):
    """What holds for the whole organisation."""

    country: Country | None = None
    """Whose public holidays are days off, as in ``CN`` or ``DE-BY``; ``None``: only
    those in `Config.holidays`."""

    language: Lang | None = None
    """``None``: the language most of the workbook's headers are in."""
    time_zone: str | None = None
    """An IANA name; ``None``: the machine's."""
    fiscal_year_starts: Annotated[int, Field(ge=1, le=12)] = 1
    """The month in which Q1 begins. A fiscal year that begins in a later one than
    January is called after the calendar year in which it ends: ``FY26`` is over in 2026."""


class Followup(Section):
    """When a goal is on track, at risk, behind, silent."""

    ahead_ratio: Annotated[float, Field(ge=1)] = 1.10
    at_risk_ratio: Share = 0.95
    behind_ratio: Share = 0.85
    at_risk_gap: Share = 0.03
    behind_gap: Share = 0.05
    grace_days: Days = 7
    grace_share: Share = 0.10
    """The longer of the two counts: within it a goal is never at risk or behind."""
    silent_after_days: Days = 21
    next_after_days: Days = 7
    """How soon a goal that needs attention is looked at again."""
    check_in_every_days: Days = 14
    """How often everybody is talked with; 0 switches it off."""
    manager_after_days: Days = 1
    hr_after_days: Days = 14
    """How late an action is when its owner's manager, and HR, are asked to help; 0: never."""
    count_days: Literal["all", "working"] = "all"
    """Which days a plan runs on: all of them, or without weekends and holidays."""
    curve: Literal["linear", "s-curve", "front-loaded"] = "linear"
    """How work is spread over the days of a goal whose row does not say it."""
    season: Season = ()
    """What each month from January on has of a usual year, such as last year's sales;
    for goals whose row asks for the seasonal curve."""
    labels: dict[str, ClaimedStatus] = {}
    """Status words of other systems → what they claim here."""
    check_in_by_department: dict[str, Days] = {}
    """Department → its own `check_in_every_days`; a person's own cadence outranks it."""


class Smart(Section):
    """Which rules of the lint speak, and how loudly."""

    ignore: tuple[str, ...] = ()
    """Rule codes or whole letters, such as ``M103`` or ``R``."""
    severity: dict[str, Literal["error", "warning", "info"]] = {}
    weight_tolerance: Share = 0.001
    max_goals: Annotated[int, Field(ge=1)] = 8
    max_weight: Share = 0.40
    min_weight: Share = 0.05


class Evaluation(Section):
    """Scores, marks and 360-degree feedback, which HR alone sees."""

    kpi_rule: Literal["linear", "five-points", "grades", "range"] = "linear"
    kpi_cap: Annotated[float, Field(ge=1)] = 1.20
    """The highest attainment that counts."""
    kpi_grades: tuple[float, float, float, float] = (0.6, 0.8, 0.9, 1.0)
    """Attainment from which a KPI is a D, C, B and A, for the rule ``grades``."""
    kpi_coverage: Share = 0.60
    """Share of the weight that must have a value before there is a score."""
    kpi_weight: Share | None = None
    """Share of the KPI score in a composite with the mark; ``None``: no composite."""
    min_raters: Annotated[int, Field(ge=2)] = 3
    """Fewer raters of one relation are not shown."""
    relation_weights: dict[str, Annotated[float, Field(ge=0)]] = {
        "manager": 1.0,
        "peer": 1.0,
        "report": 1.0,
        "other": 1.0,
    }
    """In the 360-degree composite; relative to their sum."""
    grade_guideline: dict[str, Share] = {}
    """Grade → share of the people; empty: no comparison."""
    nine_box: bool = False

    @field_validator("kpi_grades")
    @classmethod
    def _rising(
        cls, value: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float]:
        if list(value) != sorted(set(value)):
            raise UnfitError(
                Text(
                    "应从小到大，例如 [0.6, 0.8, 0.9, 1.0]",
                    "should rise, as in [0.6, 0.8, 0.9, 1.0]",
                )
            )
        return value


class WriteBack(Section):
    """What we put into the workbook."""

    columns: tuple[Literal["status", "why", "smart", "next"], ...] = (
        "status",
        "why",
        "smart",
        "next",
    )
    highlights: bool = True
    board: bool = True
    return_deleted: bool = True
    """Whether a column of ours that people deleted comes back."""
    backups: Annotated[int, Field(ge=0, le=1000)] = 5
    """How many copies of a workbook are kept, each from before a write; 0: none."""


class Store(Section):
    """Where history is kept."""

    url: str | None = None
    """An SQLAlchemy URL; ``None``: an SQLite file in the user's state folder."""
    keep_days: Annotated[int, Field(ge=0, le=36_600)] = 0
    """How long what goals were is remembered, from each run's day on; 0: for good."""


class Google(Section):
    """How Google Sheets are reached and written."""

    credentials: Path | None = None
    """The key of a service account, or the client of a desktop application, as Google
    gives them to download; ``None``: ``google-key.json`` beside the configuration, or
    what this machine is signed in with."""
    mode: Literal["auto", "lookup", "direct", "report-only"] = "auto"
    """``lookup``: results stand in a tab of ours and one formula a column shows them
    beside their keys. ``direct``: values are typed, without formulas. ``report-only``:
    nothing is written. ``auto``: by lookup where the rows have keys."""
    version_hint: bool = False
    """Whether ``watch`` asks Google Drive for the version of a sheet, and reads it only
    when that is another one or a new day has begun. It takes the right to see the names
    and dates of the account's files (``drive.metadata.readonly``), and the Drive API."""


class Config(Section):
    """Everything the user decides."""

    source: tuple[Source, ...] = ()
    source_list: tuple[SourceList, ...] = ()
    office: Office = Office()
    followup: Followup = Followup()
    smart: Smart = Smart()
    evaluation: Evaluation = Evaluation()
    writeback: WriteBack = WriteBack()
    google: Google = Google()
    mail: Mail = Mail()
    schedule: Schedule = Schedule()
    history: Store = Store()
    holidays: tuple[date, ...] = ()
    """Days on which nothing is due and nobody is written to."""
    workdays: tuple[date, ...] = ()
    """Saturdays and Sundays on which people work, to make up for a holiday."""
