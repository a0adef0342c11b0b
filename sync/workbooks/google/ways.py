"""What is said of the ways in which a sheet is written, or why it is not."""

from sync.wording import Text

LOOKUP = Text(
    "查找方式：结果放在隐藏的“_followup”工作表里，每列一个公式按编号取出；"
    "有人同时排序、插行也不会错位",
    "by lookup: results go to the hidden tab “_followup”, and one formula a column "
    "shows each beside its own key, even while people sort and insert",
)
DIRECT = Text(
    "直接方式：结果逐格写入，不用公式；写入后会核对每一行的编号",
    "directly: values are typed into our columns without formulas, and each row's key "
    "is compared afterwards",
)
REPORT_ONLY = Text(
    "只出报告：不往表格里写任何内容",
    "report only: nothing is written into the sheet",
)
NOT_EDITOR = Text(
    "本账号对这个表格只有查看权限，所以没有写入；请把表格共享给 {who}，权限选“编辑者”",
    "this account may only look at the sheet, so nothing was written; "
    "share it with {who} as Editor",
)
NOT_BLANK = Text(
    "这个表格里已经有内容，没有写入任何东西",
    "this spreadsheet is not empty, so nothing was written",
)
NEW_ONE = Text(
    "在浏览器里打开 sheets.new 新建一个空表格，共享给本账号（编辑者），再用它的地址",
    "open sheets.new in the browser, share the new spreadsheet with this account as "
    "Editor, and give its address",
)
