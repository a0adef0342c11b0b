"""The container of older Office files, which also holds encrypted new ones."""

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How such a file begins."""
_ENTRY = 128


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
