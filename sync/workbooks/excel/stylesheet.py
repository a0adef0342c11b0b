"""The style sheet being added to: looks are looked up first and appended when missing.

Nothing that is there is changed, so no cell of anybody's can change its looks.
"""

import re
from typing import Literal

from sync.workbooks.excel.elements import Element, parse
from sync.workbooks.excel.formats import BUILTIN, Kind, kind_of
from sync.workbooks.excel.looks import LOOKS, Look, align
from sync.workbooks.excel.markup import Part
from sync.workbooks.excel.stylelist import StyleList
from sync.workbooks.plan import Style

MAX_FORMATS = 65_490
"""Excel's limit of cell formats in a workbook: Excel specifications and limits."""

DATE_CODE = "yyyy-mm-dd"
_FIRST_OWN_FORMAT = 164
_AS_TEXT = "49"
_ARGB = 8
"""Digits of a colour; some programs write fewer, which the schema forbids."""
# fmt: off
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles",
    "dxfs", "tableStyles", "colors", "extLst",
)
# fmt: on
_MINIMAL = {
    "fonts": b'<%sfont><%ssz val="11"/><%sname val="Calibri"/></%sfont>',
    "fills": b'<%sfill><%spatternFill patternType="none"/></%sfill>'
    b'<%sfill><%spatternFill patternType="gray125"/></%sfill>',
    "borders": b"<%sborder><%sleft/><%sright/><%stop/><%sbottom/><%sdiagonal/>"
    b"</%sborder>",
    "cellStyleXfs": b'<%sxf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": b'<%sxf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
"""What a style sheet needs before anything can be added to it."""

Holds = Literal["text", "date", "number"]
_WANTED: dict[Holds, frozenset[Kind]] = {
    "text": frozenset(("number", "date", "percent")),
    "number": frozenset(("number",)),
    "date": frozenset(("date",)),
}


class StyleSheet:
    """The styles of one workbook."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._tree = parse(part.original, part.where)
        self._sections: dict[str, StyleList] = {}
        self._cell_formats: dict[tuple[int, Holds, bool, bool | None], int] = {}
        for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs"):
            section = self.section(name)
            if not section.items:
                section.add_raw(_MINIMAL[name].replace(b"%s", part.prefix), part.prefix)

    def section(self, name: str) -> StyleList:
        """One list of the style sheet, such as ``fonts``."""
        if name not in self._sections:
            self._sections[name] = StyleList(self._part, self._tree, name)
        return self._sections[name]

    @property
    def n_formats(self) -> int:
        """How many cell formats there are."""
        return len(self.section("cellXfs").items)

    def kind(self, style: int) -> Kind:
        """What a cell format makes of a number."""
        items = self.section("cellXfs").items
        if style >= len(items):
            return "number"
        number = items[style].get("numFmtId")
        code = self._codes.get(number)
        if code is not None:
            return kind_of(code)
        return BUILTIN.get(int(number), "number") if number.isdigit() else "number"

    def is_unlocked(self, style: int) -> bool:
        """Whether sheet protection leaves cells of this format open."""
        items = self.section("cellXfs").items
        if style >= len(items):
            return False
        protection = items[style].child("protection")
        return protection is not None and not protection.flag("locked", default=True)

    def fitting(self, base: int, holds: Holds, *, quoted: bool = False) -> int:
        """Find the format that looks like ``base`` and shows a value as it is meant.

        Args:
            base: The format of the cell that is written.
            holds: What the cell will hold.
            quoted: Whether the text begins like a formula: Excel then keeps it text
                even when somebody edits the cell and leaves it.
        """
        key = (base, holds, quoted, None)
        if key not in self._cell_formats:
            new = self._copy(base)
            as_text = new.get("numFmtId") == _AS_TEXT and holds != "text"
            if as_text or self.kind(base) not in _WANTED[holds]:
                self._show(new, holds)
            self._cell_formats[key] = self._place(new, base, quoted=quoted)
        return self._cell_formats[key]

    def beside(
        self, base: int, holds: Holds, *, sentence: bool, quoted: bool = False
    ) -> int:
        """Find the format of a new cell of ours: its neighbour's letters and lines.

        Font, borders, protection and alignment are the neighbour's. Its number format
        speaks of its number, its fill of its value, and wrapped text is cut where
        rows have a fixed height: these are left.

        Args:
            base: The neighbour's format.
            holds: What the cell will hold.
            sentence: Whether it is read like a sentence, from its beginning.
            quoted: As for `fitting`.
        """
        key = (base, holds, quoted, sentence)
        if key not in self._cell_formats:
            new = self._copy(base)
            self._show(new, holds)
            new.attributes |= {"fillId": "0", "applyFill": "1"}
            align(new, sentence=sentence)
            self._cell_formats[key] = self._place(new, base, quoted=quoted)
        return self._cell_formats[key]

    def _copy(self, base: int) -> Element:
        items = self.section("cellXfs").items
        old = items[base if base < len(items) else 0]
        new = Element("xf", dict(old.attributes))
        # Extensions speak of other vocabularies, such as a cell shown as a checkbox.
        new.children = [child for child in old.children if child.name != "extLst"]
        return new

    def _show(self, xf: Element, holds: Holds) -> None:
        is_day = holds == "date"
        xf.attributes["numFmtId"] = self.number_format(DATE_CODE) if is_day else "0"
        xf.attributes["applyNumberFormat"] = "1"

    def _place(self, xf: Element, base: int, *, quoted: bool) -> int:
        section = self.section("cellXfs")
        if base >= len(section.items):
            base = 0
        xf.attributes.pop("quotePrefix", None)
        if quoted:
            xf.attributes["quotePrefix"] = "1"
        if section.canon(xf) == section.canons[base] or (self.n_formats >= MAX_FORMATS):
            return base
        return section.add(xf)

    def number_format(self, code: str) -> str:
        """Give the id of a number format by its code."""
        for number, known in self._codes.items():
            if known == code:
                return number
        taken = [int(number) for number in self._codes if number.isdigit()]
        number = str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1)
        self.section("numFmts").add(
            Element("numFmt", {"numFmtId": number, "formatCode": code})
        )
        return number

    @property
    def _codes(self) -> dict[str, str]:
        return {
            one.get("numFmtId"): one.get("formatCode")
            for one in self.section("numFmts").items
        }

    def of(self, style: Style, *, date: bool = False) -> int:
        """Give the cell format of one of our own styles, for the board."""
        look = LOOKS[style]
        fonts, fills = self.section("fonts"), self.section("fills")
        font = fonts.add(_font(look, fonts.items[0]))
        fill = fills.add(_fill(look, differential=False)) if look.fill else 0
        new = Element(
            "xf",
            {
                "numFmtId": self.number_format(DATE_CODE) if date else "0",
                "fontId": str(font),
                "fillId": str(fill),
                "borderId": "0",
                "xfId": "0",
                "applyNumberFormat": "1",
                "applyFont": "1",
                "applyFill": "1",
                "applyAlignment": "1",
            },
        )
        alignment = {"vertical": "top"}
        if look.wrap:
            alignment["wrapText"] = "1"
        new.children.append(Element("alignment", alignment))
        return self.section("cellXfs").add(new)

    def differential(self, style: Style) -> int:
        """Give the differential format of one of our highlights."""
        look = LOOKS[style]
        new = Element("dxf", {})
        if look.colour or look.bold:
            new.children.append(_font(look._replace(size=None), None))
        new.children.append(_fill(look, differential=True))
        return self.section("dxfs").add(new)

    def result(self) -> bytes:
        """The part with everything that was added."""
        missing = b""
        for name in _ORDER:
            section = self._sections.get(name)
            whole = section.flush() if section else b""
            if self._part.root.is_closed_at_once:
                missing += whole
            elif whole:
                self._part.splices.insert(self._place_for(name), whole)
        if missing:
            self._part.append(self._part.root, missing)
        return self._part.result()

    def _place_for(self, name: str) -> int:
        rank = _ORDER.index(name)
        at = self._part.root.inner
        for node in self._part.root.children:
            if node.name in _ORDER and _ORDER.index(node.name) < rank:
                at = node.end
        return at


def _font(look: Look, base: Element | None) -> Element:
    """Build a font; on the base of the workbook's own one, for its family and script."""
    font = Element("font", {})
    flags = {"b": look.bold, "i": look.italic, "u": look.underline}
    font.children = [Element(name, {}) for name, wanted in flags.items() if wanted]
    if base is None:
        if look.colour:
            font.children.append(Element("color", {"rgb": f"FF{look.colour}"}))
        return font
    size = base.child("sz")
    points = str(look.size) if look.size else (size.get("val") if size else "11")
    colour = Element("color", {"rgb": f"FF{look.colour}"}) if look.colour else None
    # The schema's order: b i u, sz, color, name, family, charset, scheme.
    font.children.append(Element("sz", {"val": re.sub(r"\.0$", "", points)}))
    own = colour or base.child("color")
    if own and len(own.get("rgb", "FF000000")) == _ARGB:
        font.children.append(own)
    for name in ("name", "family", "charset", "scheme"):
        kept = base.child(name)
        if kept:
            font.children.append(kept)
    return font


def _fill(look: Look, *, differential: bool) -> Element:
    fill = Element("fill", {})
    pattern = Element("patternFill", {"patternType": "solid"})
    # A differential fill shows its background colour, a cell's its foreground.
    colour = Element("bgColor" if differential else "fgColor", {})
    colour.attributes["rgb"] = f"FF{look.fill}"
    pattern.children.append(colour)
    fill.children.append(pattern)
    return fill
