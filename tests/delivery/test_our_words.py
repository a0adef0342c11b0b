"""What we say of a letter ourselves, told in both languages after history kept it."""

import pytest

from reports.deliver.our_words import (
    HANDED_OVER,
    LATIN_ONLY,
    NOT_HANDED_OVER,
    TOO_LARGE,
    UNREADABLE,
    recalled,
)
from sync.wording import Text


@pytest.mark.parametrize(
    "said",
    [HANDED_OVER, NOT_HANDED_OVER, UNREADABLE, LATIN_ONLY, TOO_LARGE.fill(size=1000)],
)
def test_our_own_words_come_back_in_chinese(said: Text) -> None:
    kept = said.in_("en")
    again = recalled(kept)

    assert isinstance(again, Text)
    assert again.in_("zh") == said.in_("zh")
    assert again.in_("en") == kept


@pytest.mark.parametrize("words", ["", "550 no such user", "250 200, ok"])
def test_the_words_of_a_server_stay_as_they_are(words: str) -> None:
    assert recalled(words) == words
