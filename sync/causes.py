"""Why the operating system refuses, in words that people know."""

import errno
import socket
from collections.abc import Mapping

from sync.wording import Text

_CHINESE: Mapping[str, str] = {
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "ENOENT": "没有这个文件或文件夹",
    "EEXIST": "已经存在",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTDIR": "路径中有一段不是文件夹",
    "ENAMETOOLONG": "名称太长",
    "ELOOP": "链接绕成了圈",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "超出了磁盘配额",
    "EFBIG": "文件太大",
    "EROFS": "磁盘是只读的",
    "EBUSY": "正被其他程序占用",
    "ETXTBSY": "正被其他程序占用",
    "EIO": "磁盘或网络盘读写出错",
    "EMFILE": "打开的文件太多",
    "ESTALE": "网络盘已断开",
    "ECONNREFUSED": "连接被拒绝",
    "ECONNRESET": "连接被中断",
    "EPIPE": "连接被中断",
    "ETIMEDOUT": "连接超时",
    "ENETUNREACH": "网络不通",
    "EHOSTUNREACH": "网络不通",
}
"""By the name of its number, as not every machine has every one."""


def cause(error: OSError) -> Text:
    """Say why the system refused.

    In English as the system says it: that is what people search the web for. So too in
    Chinese where the reason is a rare one.
    """
    words = error.strerror or str(error) or type(error).__name__
    zh = _CHINESE.get(errno.errorcode.get(error.errno or 0, ""), words)
    # Neither has a number of the system's own.
    if isinstance(error, socket.gaierror):
        zh = "找不到这个主机名"
    elif isinstance(error, TimeoutError):
        zh = "连接超时"
    return Text("{zh}", "{en}", {"zh": zh, "en": words})
