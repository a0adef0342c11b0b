import pytest

from sync.assess.labels import SIGNS, label, parse_label
from sync.records.model import Status


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_label_is_known_again(status: Status, lang: str) -> None:
    shown = label(status, "zh" if lang == "zh" else "en")

    assert parse_label(f" {shown} ") is status


@pytest.mark.parametrize("typed", ["滞后", "Behind", "▼", "▼滞后", "▼ behind", "", "√"])
def test_a_persons_typing_is_never_taken_for_a_label_of_ours(typed: str) -> None:
    assert parse_label(typed) is None


def test_signs_differ_and_exist_in_every_chinese_font() -> None:
    signs = list(SIGNS.values())

    assert len(set(signs)) == len(Status)
    assert all(sign.encode("gbk") for sign in signs)
