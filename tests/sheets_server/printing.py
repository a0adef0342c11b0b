"""Values as protocol buffers print them, which is how some refusals name them."""

from typing import Any


def printed(value: Any, indent: str = "") -> str:
    if isinstance(value, list):
        inner = [f"values {printed_value(item, indent + '  ')}" for item in value]
    else:
        inner = [
            f'fields {{\n{indent}    key: "{name}"\n{indent}    value '
            f"{printed_value(item, indent + '    ')}\n{indent}  }}"
            for name, item in value.items()
        ]
    return "{\n" + "".join(f"{indent}  {one}\n" for one in inner) + f"{indent}}}"


def printed_value(value: Any, indent: str) -> str:
    if value is None:
        shown = "null_value: NULL_VALUE"
    elif isinstance(value, bool):
        shown = f"bool_value: {str(value).lower()}"
    elif isinstance(value, int | float):
        shown = f"number_value: {float(value)}"
    elif isinstance(value, str):
        shown = f'string_value: "{value}"'
    else:
        kind = "list_value" if isinstance(value, list) else "struct_value"
        shown = f"{kind} {printed(value, indent + '  ')}"
    return f"{{\n{indent}  {shown}\n{indent}}}"
