"""Every CSS property of a letter against what Outlook, Gmail and QQ mail support."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from reports import palette
from reports.letters import Letter

TABLE: Mapping[str, Mapping[str, Mapping[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("mail_features.toml").read_text(encoding="utf-8")
)
PROGRAMS = ("outlook", "gmail", "qq")
ELEMENTS = {
    *("a", "b", "body", "br", "div", "font", "h1", "h2", "head", "html", "meta"),
    *("p", "span", "style", "table", "tbody", "td", "th", "title", "tr"),
}
PRESENTATIONAL = {
    *("align", "bgcolor", "border", "cellpadding", "cellspacing", "charset", "class"),
    *("color", "content", "height", "href", "lang", "name", "nowrap", "role"),
    *("scope", "style", "valign", "width"),
}


@dataclass(frozen=True)
class Use:
    """One element that uses a property."""

    element: str
    style: Mapping[str, str]
    attributes: Mapping[str, str | None]
    page: str


class Uses(HTMLParser):
    """Gathers every element of a letter with its style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Use] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        parts = (one.partition(":") for one in (given.get("style") or "").split(";"))
        style = {name.strip(): value.strip() for name, _, value in parts if value}
        self.found.append(Use(tag, style, given, self.page))


CHECKS: Mapping[str, Callable[[Use], object]] = {
    "tables-only": lambda use: use.element in {"table", "td"},
    "cells-only": lambda use: (
        use.element in {"td", "body"} or use.style["padding"].startswith("0")
    ),
    "paragraphs-only": lambda use: use.element in {"p", "h1", "h2", "body"},
    # Gmail on the web of a phone shows it: then it is a pixel high, in the desk's ink.
    "hidden-thrice": lambda use: (
        use.style.get("mso-hide") == "all"
        and use.style["font-size"] == use.style["line-height"] == "1px"
        and use.style["color"] == palette.DESK
    ),
    "in-px": lambda use: use.style["font-size"].removesuffix("px").isdigit(),
    "bold-or-normal": lambda use: use.style["font-weight"] in {"bold", "normal"},
    "exactly": lambda use: (
        "px" not in use.style["line-height"]
        or use.style.get("mso-line-height-rule") == "exactly"
    ),
    "line-height-too": lambda use: "line-height" in use.style,
    "desk": lambda use: re.search(r'<table[^>]* class="desk"[^>]* bgcolor=', use.page),
    "no-image": lambda use: use.element != "img",
    # See the test of that name.
    "whole-without": lambda use: use.element == "style",
    "display-none": lambda use: use.style.get("display") == "none",
    "line-height": lambda use: use.style.get("line-height") == use.style["height"],
    "ghost-table": lambda use: (
        '<!--[if mso]><table role="presentation" width="640"' in use.page
    ),
    "width-attribute": lambda use: bool(use.attributes.get("width")),
    "hard-spaces": lambda use: use.style["white-space"] == "nowrap",
}


def uses(letter: Letter) -> Iterator[tuple[str, Use]]:
    for use in Uses(letter.html).found:
        for name in use.style:
            yield name, use


@pytest.fixture(scope="module")
def pages(every_letter: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Every kind of letter that has a page."""
    return tuple(one for one in every_letter if one.html)


def facts_used(page: str) -> Iterator[tuple[str, Mapping[str, Any], Use]]:
    """Give all that a letter uses: what it is, what is known of it, and where."""
    for use in Uses(page).found:
        yield f"<{use.element}>", TABLE["element"].get(use.element, {}), use
        for name in use.style:
            yield name, TABLE["css"].get(name, {}), use
        for name in use.attributes:
            yield f"{name}=", TABLE["attribute"].get(name, {}), use


def test_every_property_is_in_the_table(pages: tuple[Letter, ...]) -> None:
    used = {name for one in pages for name, _ in uses(one)}

    assert used - {"-webkit-text-size-adjust"} == set(TABLE["css"])


def test_what_a_program_does_not_know_has_something_in_its_place(
    pages: tuple[Letter, ...],
) -> None:
    for kind in TABLE.values():
        for name, facts in kind.items():
            full = all(facts[program] == "yes" for program in PROGRAMS)
            assert full == ("fallback" not in facts), name

    for one in pages:
        for name, facts, use in facts_used(one.html):
            fallback = facts.get("fallback")
            assert not fallback or CHECKS[fallback](use), (name, use.element, use.style)


def test_every_fact_says_from_where_and_when_it_was_tested() -> None:
    rows = {
        f"{kind} {name}": facts
        for kind, known in TABLE.items()
        for name, facts in known.items()
    }
    unsourced = {name for name, facts in rows.items() if "source" not in facts}

    # No page there: of HTML 3.2 and 4, and of Word alone.
    assert unsourced == {
        *("css color", "css mso-hide", "css mso-line-height-rule"),
        *("element font", "attribute bgcolor", "attribute border"),
    }
    for name in set(rows) - unsourced:
        assert date(2019, 1, 1) <= rows[name]["tested"] <= date(2026, 5, 13), name


def test_only_elements_and_attributes_that_every_program_keeps(
    pages: tuple[Letter, ...],
) -> None:
    for one in pages:
        found = Uses(one.html).found

        assert {use.element for use in found} <= ELEMENTS
        assert {name for use in found for name in use.attributes} <= PRESENTATIONAL


def test_the_letter_is_whole_without_its_style_element(
    pages: tuple[Letter, ...],
) -> None:
    for one in pages:
        (style,) = re.findall(r"<style>(.*?)</style>", one.html, re.DOTALL)

        assert style.lstrip().startswith("@media (prefers-color-scheme: dark)")
        assert style.count("@media") == 1
        cells = [use for use in Uses(one.html).found if use.element == "td"]
        painted = [use for use in cells if "background-color" in use.style]
        assert all(use.attributes.get("bgcolor") for use in painted)


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_every_pair_of_colours_can_be_read_at_night() -> None:
    night = palette.DARK
    words = [night.INK, night.QUIET, night.ACCENT]

    assert min(contrast(one, night.PAPER) for one in words) >= 4.5
    assert contrast(night.INK, night.SOFT) >= 4.5
    assert contrast(night.QUIET, night.DESK) >= 4.5


def test_every_bar_stands_out_from_the_paper_at_night() -> None:
    bars: list[Any] = list(palette.COLOURS.values())

    assert min(contrast(one.bar, palette.DARK.PAPER) for one in bars) >= 2.5


def test_nothing_dark_on_dark_is_left(pages: tuple[Letter, ...]) -> None:
    """Whatever has an ink of its own has a fill of its own, or a class for the night."""
    for one in pages:
        (style,) = re.findall(r"<style>(.*?)</style>", one.html, re.DOTALL)
        known = set(re.findall(r"\.([a-z]+)\b", style)) | {"a", "h1", "h2", "body"}
        for use in Uses(one.html).found:
            inked = use.style.get("color") or use.attributes.get("color")
            if not inked or use.element == "body":
                continue
            classes = set((use.attributes.get("class") or "").split())
            filled = "background-color" in use.style
            safe = filled and not classes
            assert (
                safe or classes & known or use.element in known or classes == {"pre"}
            ), (use.element, use.attributes)
