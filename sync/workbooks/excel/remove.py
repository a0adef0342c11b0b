"""Everything of ours taken out of a workbook again."""

from sync.workbooks.excel.package import Package
from sync.workbooks.excel.undo import restore


def clean(data: bytes, where: str) -> bytes:
    """Give the workbook as it was before the first sync.

    Args:
        data: The whole file.
        where: What to call it in messages.
    """
    original = restore(Package.open(data, where))
    return data if original is None else original
