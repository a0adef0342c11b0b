"""The languages letters are written in: Chinese, English, and one per catalogue.

A catalogue translates the sentences of its base language; adding a file to
``templates/languages`` adds a language. What a catalogue lacks is said in the base.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from sync.wording import LANGS, Lang

FOLDER = Path(__file__).parents[1] / "templates" / "languages"

_HEAD = 4_000
"""Characters that hold the head of a catalogue."""
_FIELD = re.compile(r'^"(Language|X-Base|X-Locale|X-Names): *(.*?)\\n"$', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language and what it starts from."""

    tag: str
    """What the configuration and letters call it, as in ``zh-TW``."""
    base: Lang
    """The language whose templates and sentences it starts from."""
    html: str
    """The tag that browsers and mail programs know (BCP 47)."""
    locale: str
    """How Babel calls it; days and numbers are written by it."""
    names: tuple[str, ...]
    """How else people call it, folded; the beginnings of longer tags too."""
    catalogue: Path | None = None


_OURS = (
    Language(
        tag="zh",
        base="zh",
        html="zh-CN",
        locale="zh_Hans_CN",
        names=("zh", "中", "chinese", "mandarin"),
    ),
    Language(
        tag="zh-CN",
        base="zh",
        html="zh-CN",
        locale="zh_Hans_CN",
        names=("zh-cn", "zh-hans", "zh-sg", "cn", "汉", "简", "中文(简", "中文（简"),
    ),
    Language(
        tag="en", base="en", html="en", locale="en_GB", names=("en", "英", "english")
    ),
)


@cache
def languages() -> Mapping[str, Language]:
    """Give every language by its tag, Chinese and English first."""
    found = {one.tag: one for one in _OURS}
    for path in sorted(FOLDER.glob("*.po")):
        one = _described(path)
        found[one.tag] = one
    return MappingProxyType(found)


def tag_of(text: str) -> str:
    """Recognise a language however people write it; empty when it is none of ours.

    The longest name that fits wins, so that ``zh-Hant`` is not taken for ``zh``.

    >>> tag_of("zh_CN"), tag_of("English"), tag_of("中文"), tag_of("fr")
    ('zh', 'en', 'zh', '')
    """
    wanted = _folded(text)
    fits = (
        (len(name), one.tag)
        for one in languages().values()
        for name in one.names
        if wanted.startswith(name)
    )
    return max(fits, default=(0, ""))[1]


def tag_within(text: str, general: str) -> str:
    """Recognise a language; one that says no more than ``general`` does gives way to it.

    Where letters are written in ``zh-TW``, somebody whose language is 中文 gets that.
    """
    own = tag_of(text)
    return own if own and own != languages()[general].base else general


def tag_of_html(html: str) -> str:
    """Give the tag of a letter's Content-Language; empty when it is none of ours."""
    found = (one.tag for one in languages().values() if one.html == html)
    return next(found, "")


@cache
def sentences(tag: str) -> Mapping[str, str]:
    """Give a language's catalogue: sentence of the base → its own; may be empty."""
    path = languages()[tag].catalogue
    if path is None:
        return MappingProxyType({})
    with path.open("rb") as file:
        catalogue = read_po(file, locale=languages()[tag].locale)
    return MappingProxyType(
        {
            str(one.id): str(one.string)
            for one in catalogue
            if one.id and one.string and not one.fuzzy
        }
    )


def _described(path: Path) -> Language:
    head = path.read_text(encoding="utf-8")[:_HEAD]
    fields = dict(_FIELD.findall(head))
    (base,) = (lang for lang in LANGS if lang == fields["X-Base"])
    tag = path.stem
    return Language(
        tag=tag,
        base=base,
        html=tag,
        locale=fields.get("X-Locale") or fields["Language"],
        names=tuple(map(_folded, (tag, *fields.get("X-Names", "").split()))),
        catalogue=path,
    )


def _folded(text: str) -> str:
    return text.strip().casefold().replace("_", "-")
