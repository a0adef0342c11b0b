"""Workbooks that any edit would break, whatever it is."""

from collections.abc import Set as AbstractSet

from sync.errors import NotWritableError
from sync.wording import Text
from sync.workbooks.excel.package import Package

_SHARED_WORKBOOK = {"revisionHeaders"}


def refuse_signed(package: Package) -> None:
    """Refuse a workbook with a digital signature.

    Raises:
        NotWritableError: If it has one.
    """
    if package.is_signed:
        raise NotWritableError(
            Text(
                "工作簿有数字签名，任何改动都会使签名失效",
                "the workbook is digitally signed, and any change breaks the signature",
            ),
            where=package.where,
            hint=Text(
                "请删除签名（“文件 > 信息 > 查看签名”），或在没有签名的副本里跟进",
                "remove the signature (File > Info > View Signatures), or keep "
                "follow-up in a copy without one",
            ),
        )


def refuse_shared(package: Package, kinds: AbstractSet[str]) -> None:
    """Refuse a workbook that is shared in the way of Excel 2016 and before.

    Args:
        package: The workbook.
        kinds: The kinds of relationships of its main part.

    Raises:
        NotWritableError: If it keeps a log of changes, which we do not write.
    """
    if kinds & _SHARED_WORKBOOK:
        raise NotWritableError(
            Text(
                "工作簿启用了旧版的“共享工作簿”，会记录每一处修订",
                "the workbook is shared in the old way and keeps a log of every change",
            ),
            where=package.where,
            hint=Text(
                "请取消共享（“审阅 > 取消共享工作簿”），保存后再运行",
                "stop sharing it (Review > Unshare Workbook), save, and run again",
            ),
        )
