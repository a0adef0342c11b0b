"""One edition into one file that asks nothing of any network."""

import base64
import hashlib
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import templates
from reports import show
from reports.lines import ORDER
from reports.page import wording
from reports.page.appraisal import appraisal
from reports.page.diary import diary
from reports.page.edition import Edition
from reports.page.encode import script_json
from reports.page.island import Island
from reports.page.overview import BAR, overview
from reports.page.style import variables
from sync.assess.labels import SIGNS, WORDS
from sync.assess.shown import percent
from sync.records.model import Status
from sync.wording import LANGS, Lang, Text

MARK = '<meta name="generator" content="Followup report">'
"""Stands near the top of every page: only a file that bears it is ever replaced."""

_FOLDER = Path(templates.__file__).parent
_SPANS = Markup(
    '<span class="zh" lang="zh-CN">{zh}</span><span class="en" lang="en">{en}</span>'
)
_SVG_SPANS = Markup(
    '<tspan class="zh" lang="zh-CN">{zh}</tspan><tspan class="en" lang="en">{en}</tspan>'
)


def page(shown: Edition, *, source_name: str, lang: Lang) -> str:
    """Write the page.

    Args:
        shown: What its audience may see; nothing else can come into the page.
        source_name: The workbook's name as its readers know it.
        lang: The language it opens in; the other one is there too.
    """
    style = variables() + _own("report.css")
    script = _own("report.js")
    environment = _environment(lang, shown.today)
    return environment.get_template("report.html.j2").render(
        mark=Markup(MARK),  # noqa: S704 - our own constant
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        island=Markup(script_json(_island(shown))),  # noqa: S704 - escaped there
        o=overview(shown),
        e=appraisal(shown),
        d=diary(shown),
        kind=str(shown.kind),
        audience=wording.AUDIENCES[shown.kind].fill(name=shown.name),
        source=show.one_line(source_name, 80),
        today=shown.today,
        n_actions=len(shown.actions),
        n_talks=len(shown.rhythms),
        n_findings=sum(one.letter is None for one in shown.findings),
        bar_width=BAR,
    )


def _island(shown: Edition) -> dict[str, object]:
    document = Island(shown).document()
    return document | {"ui": {name: [t.zh, t.en] for name, t in wording.UI.items()}}


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _environment(lang: Lang, today: date) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )

    def both(zh: object, en: object) -> Markup:
        return _SPANS.format(zh=zh, en=en)

    def drawn(zh: object, en: object) -> Markup:
        return _SVG_SPANS.format(zh=zh, en=en)

    def said(text: Text) -> Markup:
        return both(show.sentence(text, "zh"), show.sentence(text, "en"))

    def words(text: Text) -> Markup:
        return both(show.say(text, "zh"), show.say(text, "en"))

    def on(day: date) -> Markup:
        return both(show.day(day, "zh", today), show.day(day, "en", today))

    def dated(day: date) -> Markup:
        # Of another year than any: a report is kept, and its year must stay in it.
        return both(*(show.day(day, lang, date.min) for lang in LANGS))

    def day_in(day: date, lang: Lang) -> str:
        return show.day(day, lang, today)

    def aria(zh: str, en: str) -> Markup:
        return Markup(
            'aria-label="{now}" data-aria-zh="{zh}" data-aria-en="{en}"'
        ).format(now=zh if lang == "zh" else en, zh=zh, en=en)

    environment.filters.update(
        said=said,
        words=words,
        on=on,
        day_in=day_in,
        dated=dated,
        percent=percent,
        cut=show.one_line,
    )
    environment.globals.update(
        lang=lang,
        both=both,
        drawn=drawn,
        aria=aria,
        signs=SIGNS,
        labels={one: WORDS[one] for one in Status},
        letters=wording.LETTERS,
        order=ORDER,
    )
    return environment


def _finalize(value: object) -> object:
    """Keep bidi and control marks of people's words out of whatever is shown."""
    return show.harmless(value) if type(value) is str else value
