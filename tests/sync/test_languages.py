"""Which language somebody means, and where a new one comes from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import languages as spoken
from sync.config.mail import Mail
from sync.languages import languages, sentences, tag_of, tag_within
from sync.wording import Text


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("zh", "zh"),
        ("ZH_cn", "zh-CN"),
        ("zh-Hans-SG", "zh-CN"),
        ("简体中文", "zh-CN"),
        ("中文", "zh"),
        ("Chinese", "zh"),
        ("zh-TW", "zh-TW"),
        ("zh_Hant_HK", "zh-TW"),
        ("繁體中文", "zh-TW"),
        ("繁体", "zh-TW"),
        ("Traditional Chinese", "zh-TW"),
        ("en-GB", "en"),
        ("en_US", "en-US"),
        (" English ", "en"),
        ("英文", "en"),
        ("fr", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_however_people_write_it(typed: str, tag: str) -> None:
    assert tag_of(typed) == tag


@pytest.mark.parametrize(
    ("own", "general", "tag"),
    [
        ("", "zh-TW", "zh-TW"),
        ("中文", "zh-TW", "zh-TW"),
        ("简体中文", "zh-TW", "zh-CN"),
        ("zh-TW", "zh", "zh-TW"),
        ("en", "zh-TW", "en"),
        ("中文", "en", "zh"),
    ],
)
def test_a_vague_language_gives_way_to_what_the_office_writes(
    own: str, general: str, tag: str
) -> None:
    assert tag_within(tag_of(own), general) == tag


def test_the_configuration_takes_what_people_write_and_names_what_there_is() -> None:
    assert Mail.model_validate({"language": "zh_Hant"}).language == "zh-TW"
    with pytest.raises(ValueError, match="zh-TW"):
        Mail.model_validate({"language": "klingon"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues, with nothing of what was read before."""
    monkeypatch.setattr(spoken, "FOLDER", tmp_path)
    languages.cache_clear()
    sentences.cache_clear()
    yield tmp_path
    languages.cache_clear()
    sentences.cache_clear()


def test_a_new_language_is_a_new_file_and_nothing_else(folder: Path) -> None:
    (folder / "de.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"X-Base: en\\n"\n'
        '"X-Names: deutsch german\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "{n} days"\nmsgstr "{n} Tage"\n',
        encoding="utf-8",
    )

    known = languages()["de"]

    assert tag_of("Deutsch") == "de"
    assert Text("{n} 天", "{n} days", {"n": 3}).in_(known.base, sentences("de")) == (
        "3 Tage"
    )
    assert Text("天", "day").in_(known.base, sentences("de")) == "day"


def test_sentences_inside_sentences_are_translated_and_their_slots_are_not() -> None:
    catalogue = {"“{it}”：{why}": "「{it}」：{why}", "风险": "風險"}
    text = Text("“{it}”：{why}", "", {"it": "风险", "why": Text("风险", "")})

    assert text.in_("zh", catalogue) == "「风险」：風險"
