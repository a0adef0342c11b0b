"""The container of older Office files, which also holds encrypted new ones."""

import re

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How such a file begins."""
_ENTRY = 128
_BEGIN = re.compile(rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0", re.DOTALL)
"""The first records of a workbook that goes on encrypted: what it is, whether it is to
be protected from writing, and by what it is encrypted."""


def has_stream(data: bytes, name: str) -> bool:
    """Tell whether the directory of such a file has an entry of that name.

    Source:
        MS-CFB 2.6.1: entries are 128 bytes long and begin with the name in UTF-16, and
        sectors begin at multiples of 512.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % _ENTRY == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def has_encrypted_records(data: bytes) -> bool:
    """Tell whether such a file holds a workbook of Excel 97 to 2003 with a password.

    Source:
        MS-XLS 2.4.117: ``FilePass`` follows the first ``BOF``, and a ``WriteProtect``
        if there is one.
    """
    return _BEGIN.search(data) is not None
