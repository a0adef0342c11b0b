"""What is wrong with a value of the configuration, in both languages.

pydantic says it in English only; its kinds are listed in its documentation under
"Validation errors".
"""

from collections.abc import Mapping

from pydantic_core import ErrorDetails

from sync.wording import Text, same

_ZH: Mapping[str, str] = {
    "missing": "缺少这一项",
    "string_type": "应是文字",
    "string_pattern_mismatch": "写法应符合 {pattern}",
    "string_too_short": "至少要有 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数，不能有小数",
    "float_type": "应是数字",
    "float_parsing": "应是数字",
    "finite_number": "应是有限的数字",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "literal_error": "应是 {expected}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "too_short": "至少要有 {min_length} 个",
    "too_long": "最多 {max_length} 个",
    "tuple_type": "应是列表，写在 [ ] 里",
    "list_type": "应是列表，写在 [ ] 里",
    "dict_type": "应是一节，里面逐项写 键 = 值",
    "model_type": "应是一节，里面逐项写 键 = 值",
    "model_attributes_type": "应是一节，里面逐项写 键 = 值",
    "path_type": "应是文件或文件夹的路径",
    "date_type": "应是日期，例如 2026-12-31",
    "date_parsing": "应是日期，例如 2026-12-31",
    "date_from_datetime_parsing": "应是日期，例如 2026-12-31",
    "time_type": '应是时间，例如 "07:30"',
    "time_parsing": '应是时间，例如 "07:30"',
}
_GOT = Text("{what}，现在写的是 {got!r}", "{what}, got {got!r}")


class UnfitError(ValueError):
    """A value that a key does not take, said in both languages."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.in_("en"))
        self.what = what


def complaint(detail: ErrorDetails) -> Text:
    """Say one of pydantic's complaints, with the value that it complains of."""
    return _GOT.fill(what=_what(detail), got=detail.get("input"))


def _what(detail: ErrorDetails) -> Text:
    context = detail.get("ctx", {})
    error = context.get("error")
    if isinstance(error, UnfitError):
        return error.what
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    template = _ZH.get(detail["type"])
    if template is None:
        return same(message)
    # It lists what it takes as an English sentence does.
    filled = {k: str(v).replace(" or ", " 或 ") for k, v in context.items()}
    return Text("{zh}", "{en}", {"zh": template.format_map(filled), "en": message})
