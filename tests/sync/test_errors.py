"""How what stops a run is said, in both languages."""

import errno
import os
import pickle
import socket

import pytest

from sync.causes import cause
from sync.errors import InUseError, WorkbookError
from sync.wording import Text

OPEN = InUseError(
    Text("{who}正打开着这个工作簿", "{who} has the workbook open", {"who": "Ann"}),
    hint=Text("请先关闭", "close it"),
    where="goals.xlsx",
)


def test_an_error_says_where_what_and_how_to_mend_it_in_english() -> None:
    assert str(OPEN) == "goals.xlsx: F302 Ann has the workbook open\n  fix: close it"
    assert OPEN.in_("en") == str(OPEN)


def test_and_in_chinese() -> None:
    said = "goals.xlsx：F302 Ann正打开着这个工作簿\n  怎么办：请先关闭"

    assert OPEN.in_("zh") == said


def test_what_is_not_known_leaves_no_sign_behind() -> None:
    bare = WorkbookError(Text("文件是空的", "the file is empty"))

    assert bare.in_("zh") == "F101 文件是空的"
    assert str(bare) == "F101 the file is empty"


def test_a_place_is_named_in_both_languages_too() -> None:
    place = Text("工作表“目标”", "sheet 'Goals'")
    error = WorkbookError(Text("是空的", "is empty"), where=place)

    assert error.in_("zh").startswith("工作表“目标”：")
    assert error.where == "sheet 'Goals'"


def test_it_arrives_whole_from_another_process() -> None:
    arrived = pickle.loads(pickle.dumps(OPEN))

    assert arrived.in_("zh") == OPEN.in_("zh")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.ENOENT])
def test_a_refusal_of_the_system_is_said_in_chinese(number: int) -> None:
    words = os.strerror(number)

    assert cause(OSError(number, words)).in_("en") == words
    assert not cause(OSError(number, words)).in_("zh").isascii()


def test_a_network_that_does_not_answer_is_said_in_chinese() -> None:
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert cause(unknown).in_("zh") == "找不到这个主机名"
    assert cause(TimeoutError("timed out")).in_("zh") == "连接超时"
    assert cause(TimeoutError("timed out")).in_("en") == "timed out"


def test_a_rare_refusal_keeps_the_words_of_the_system() -> None:
    assert cause(OSError("torn")).in_("zh") == "torn"
    assert cause(OSError()).in_("en") == "OSError"
