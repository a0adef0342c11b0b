"""What we say ourselves of a letter that no server says anything of.

History keeps it in English, beside the words of servers; it is shown in both languages.
"""

import re
from collections.abc import Sequence

from sync.wording import Text

HANDED_OVER = Text("Apprise 已转交", "Apprise has handed it over")
NOT_HANDED_OVER = Text(
    "Apprise 说没有发出；请到群里看看", "Apprise says no; look into the group"
)
UNREADABLE = Text("返回 200，但内容读不懂", "200, but the answer cannot be read")
LATIN_ONLY = Text(
    "邮件服务器只接受英文字母的邮箱地址",
    "the server takes addresses in plain Latin letters only",
)
TOO_LARGE = Text(
    "邮件服务器最多接收 {size} 字节", "the server takes {size} bytes at most"
)

_ALL: Sequence[Text] = (HANDED_OVER, NOT_HANDED_OVER, UNREADABLE, LATIN_ONLY, TOO_LARGE)


def recalled(words: str) -> Text | str:
    """Give our own words in both languages again; those of a server as they are.

    >>> recalled("the server takes 1000 bytes at most").in_("zh")
    '邮件服务器最多接收 1000 字节'
    >>> recalled("550 no such user")
    '550 no such user'
    """
    for one in _ALL:
        pattern = re.escape(one.en).replace(r"\{size\}", r"(?P<size>\d+)")
        if found := re.fullmatch(pattern, words):
            return one.fill(**found.groupdict())
    return words
