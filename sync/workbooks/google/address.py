"""The web address of a Google Sheet, which people copy in many forms."""

import re

from sync.errors import WorkbookError
from sync.wording import Text

_SHEET = re.compile(
    r"https://docs\.google\.com/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/([\w-]{20,})"
)
_PLACE = "docs.google.com/"
_PUBLISHED = re.compile(r"/spreadsheets/(?:u/\d+/)?d/e/")


def is_google(locator: str) -> bool:
    """Tell whether an address leads to Google's documents."""
    return locator.startswith(("https://", "http://")) and _PLACE in locator


def spreadsheet_id(locator: str) -> str:
    """Read which spreadsheet an address leads to.

    Raises:
        WorkbookError: If it leads to a published copy, or to no spreadsheet.
    """
    if _PUBLISHED.search(locator):
        raise WorkbookError(
            Text(
                "这是“发布到网络”的副本地址，谁也不能写入",
                "this is the address of a published copy, which nobody can write to",
            ),
            where=locator,
            hint=Text(
                "请打开表格本身，从浏览器复制地址",
                "open the spreadsheet itself and copy the address from the browser",
            ),
        )
    found = _SHEET.match(locator)
    if not found:
        raise WorkbookError(
            Text(
                "这不是 Google 表格的地址", "this is not the address of a Google Sheet"
            ),
            where=locator,
            hint=Text(
                "请从浏览器复制：https://docs.google.com/spreadsheets/d/…/edit",
                "copy it from the browser: "
                "https://docs.google.com/spreadsheets/d/…/edit",
            ),
        )
    return found[1]


def canonical(locator: str) -> str:
    """Give the one address by which history knows a spreadsheet.

    >>> canonical("https://docs.google.com/spreadsheets/u/0/d/1aaaaaaaaaaaaaaaaaaaa/edit#gid=7")
    'https://docs.google.com/spreadsheets/d/1aaaaaaaaaaaaaaaaaaaa'
    """
    if not is_google(locator):
        return locator
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id(locator)}"
