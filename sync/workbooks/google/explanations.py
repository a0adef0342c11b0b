"""What a call to Google that failed means, and what the user can do about it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sync.errors import (
    FollowupError,
    NotWritableError,
    SignInError,
    UnreachableError,
    WorkbookError,
)
from sync.wording import Text
from sync.workbooks.google.refusals import Refused, Unanswered


class _Known(NamedTuple):
    fits: Callable[[Refused], bool]
    kind: type[FollowupError]
    what: Text
    hint: Text
    """``{who}`` is the account's address."""


def _says(*words: str) -> Callable[[Refused], bool]:
    return lambda it: any(word.lower() in it.message.lower() for word in words)


def _is(status: int) -> Callable[[Refused], bool]:
    return lambda it: it.status == status


def _is_off(refused: Refused) -> bool:
    """Tell whether an API is not enabled."""
    words = _says("has not been used in project", "API is disabled")
    return "SERVICE_DISABLED" in refused.reasons or words(refused)


_KNOWN = (
    _Known(
        lambda it: _is_off(it) and _says("Drive API")(it),
        SignInError,
        Text(
            "这个账号所在的项目没有启用 Google Drive API",
            "the Google Drive API is not enabled in the project of this account",
        ),
        Text(
            "请打开 "
            "https://console.cloud.google.com/apis/library/drive.googleapis.com，"
            "选择密钥所属的项目，点“启用”，等一分钟；"
            "或在 [google] 里写 version_hint = false",
            "open https://console.cloud.google.com/apis/library/drive.googleapis.com, "
            "choose the project that the key belongs to, press Enable, wait a minute; "
            "or set version_hint = false under [google]",
        ),
    ),
    _Known(
        _is_off,
        SignInError,
        Text(
            "这个账号所在的项目没有启用 Google Sheets API",
            "the Google Sheets API is not enabled in the project of this account",
        ),
        Text(
            "请打开 "
            "https://console.cloud.google.com/apis/library/sheets.googleapis.com，"
            "选择密钥所属的项目，点“启用”，等一分钟",
            "open "
            "https://console.cloud.google.com/apis/library/sheets.googleapis.com, "
            "choose the project that the key belongs to, press "
            "Enable, wait a minute",
        ),
    ),
    _Known(
        _says("not supported for this document"),
        WorkbookError,
        Text(
            "这是放在 Google 云端硬盘里的 Excel 文件，不是 Google 表格",
            "this is an Excel file that lies in Google Drive, not a Google Sheet",
        ),
        Text(
            "请打开它，选“文件 > 另存为 Google 表格”，再用新的地址；"
            "或者下载后写文件的路径",
            "open it and choose File > Save as Google Sheets, then "
            "give the new address; or download it and give the "
            "file's path",
        ),
    ),
    _Known(
        _says("protected cell or object", "protected range", "protected sheet"),
        NotWritableError,
        Text(
            "受保护的区域使这个账号无法写入同步的内容",
            "a protected range keeps this account from writing what the sync writes",
        ),
        Text(
            "请把 {who} 加为该区域的编辑者（“数据 > 保护工作表和范围”），"
            '或在 config.toml 的 [google] 里写 mode = "report-only"',
            "add {who} to the editors of the range (Data > Protect "
            'sheets and ranges), or set mode = "report-only" under '
            "[google] in config.toml",
        ),
    ),
    _Known(
        _says("above the limit of 10000000 cells"),
        NotWritableError,
        Text(
            "表格已达到 Google 一千万个单元格的上限",
            "the spreadsheet has reached Google's limit of ten million cells",
        ),
        Text(
            "请删除最大的几张工作表里的空行和空列",
            "delete empty rows and columns of its largest tabs",
        ),
    ),
    _Known(
        lambda it: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in it.reasons,
        SignInError,
        Text(
            "这份凭据没有使用表格的权限",
            "the credentials were not given the right to use spreadsheets",
        ),
        Text(
            "请重新登录：gcloud auth application-default login "
            "--scopes=https://www.googleapis.com/auth/spreadsheets,https://www.googleapis.com/auth/cloud-platform",
            "sign in again with: gcloud auth application-default "
            "login "
            "--scopes=https://www.googleapis.com/auth/spreadsheets,https://www.googleapis.com/auth/cloud-platform",
        ),
    ),
    _Known(
        _is(429),
        UnreachableError,
        Text(
            "Google 每分钟的调用次数已经用完（这次运行或其他程序用的）",
            "Google's quota of calls a minute is used up, by this run or by others",
        ),
        Text("请等一分钟再运行", "wait a minute and run again"),
    ),
    _Known(
        _is(404),
        WorkbookError,
        Text(
            "没有这个表格，或者这个账号无权查看",
            "there is no such spreadsheet, or this account may not know of it",
        ),
        Text(
            "请检查地址，并把表格共享给 {who}（“共享”，权限选“编辑者”）",
            "check the address, and share the sheet with {who} (Share, as Editor)",
        ),
    ),
    _Known(
        _is(401),
        SignInError,
        Text("Google 不再接受这个登录", "Google does not accept the sign-in any more"),
        Text(
            "请为账号新建一个密钥，或重新登录",
            "make a new key for the account, or sign in again",
        ),
    ),
    _Known(
        _is(403),
        NotWritableError,
        Text(
            "这个账号没有对表格做这项操作的权限",
            "this account may not do that with the spreadsheet",
        ),
        Text(
            "请把表格共享给 {who}，权限选“编辑者”（右上角“共享”）；如"
            "果只能让它查看，请在 config.toml 的 [google] 里写 mode "
            '= "report-only"',
            "share the sheet with {who} as Editor (Share, top "
            "right); where it may only look, set mode = "
            '"report-only" under [google] in config.toml',
        ),
    ),
)


def explain(problem: Exception, *, who: str = "", where: str = "") -> FollowupError:
    """Say what a failed call means and what the user can do.

    Args:
        problem: What the call raised.
        who: The address of the account, when it is known.
        where: The spreadsheet's address.
    """
    if isinstance(problem, FollowupError):
        return problem
    if isinstance(problem, Refused):
        return _refusal(problem, who, where)
    if isinstance(problem, Unanswered):
        return UnreachableError(
            Text(
                "Google 表格没有响应（{problem}）",
                "Google Sheets does not answer ({problem})",
                {"problem": str(problem)},
            ),
            where=where,
            hint=Text(
                "请检查网络，或稍后再运行；没有写到一半的内容",
                "check the connection, or run again later; nothing is half written",
            ),
        )
    return _sign_in(problem, where)


def _refusal(refused: Refused, who: str, where: str) -> FollowupError:
    account = who or Text("登录所用的账号", "the account that signs in")
    for known in _KNOWN:
        if known.fits(refused):
            hint = known.hint.fill(who=account)
            return known.kind(known.what, where=where, hint=hint)
    return WorkbookError(
        Text(
            "Google 拒绝了请求（{status}）：{words}",
            "Google refuses ({status}): {words}",
            {"status": refused.status, "words": refused.message or refused.code},
        ),
        where=where,
        hint=Text(
            "请再运行一次；如果还是这样，请把上面这句话反馈给我们",
            "run again; when it stays, report the words above",
        ),
    )


_SIGN_IN: Mapping[str, tuple[Text, Text]] = {
    "invalid jwt signature": (
        Text("密钥已失效", "the key is no longer valid"),
        Text(
            "请为服务账号新建一个密钥，使用新的文件",
            "make a new key for the service account and give its file",
        ),
    ),
    "short-lived token": (
        Text(
            "本机的时钟不准，Google 拒绝登录",
            "this machine's clock is wrong, so Google refuses the sign-in",
        ),
        Text(
            "请校准时间（打开“自动设置时间”），再运行一次",
            "set the clock (switch automatic time on) and run again",
        ),
    ),
    "account not found": (
        Text("服务账号已被删除", "the service account was deleted"),
        Text(
            "请新建一个服务账号，并把表格共享给它的地址",
            "make a new one, and share the sheet with its address",
        ),
    ),
    "expired or revoked": (
        Text("登录已过期或被撤销", "the sign-in has expired or was taken back"),
        Text(
            "请重新登录：在终端里运行 followup init，后面写表格的地址",
            "sign in again: run followup init with the sheet's address on a terminal",
        ),
    ),
}


def _sign_in(problem: Exception, where: str) -> FollowupError:
    text = " ".join(str(part) for part in problem.args).lower()
    for words, (what, hint) in _SIGN_IN.items():
        if words in text:
            return SignInError(what, where=where, hint=hint)
    return SignInError(
        Text(
            "登录 Google 失败（{kind}）",
            "signing in to Google failed ({kind})",
            {"kind": type(problem).__name__},
        ),
        where=where,
        hint=Text(
            "请检查 config.toml 里 [google] 的 credentials，以及网络连接",
            "check credentials under [google] in config.toml, and the connection",
        ),
    )
