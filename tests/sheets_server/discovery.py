"""Google's own description of its API, as judge of every request and every answer.

The document ships inside ``google-api-python-client``. Unknown fields, wrong types and
unknown enum values are refused in Google's words (recorded for lists and unknown names;
the rest follows the same pattern).
"""

import functools
import json
import re
from importlib import resources
from typing import Any, NamedTuple

from tests.sheets_server.masks import Mask, camel, read_mask, snake
from tests.sheets_server.refusals import Json, RefusalError

NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
SCALARS = {"string": "TYPE_STRING", "boolean": "TYPE_BOOL"}
PACKAGE = "type.googleapis.com/google.apps.sheets.v4."
INNER = {"Request": "BatchUpdateSpreadsheetRequest.Request"}
"""Schema → its full name in Google's own words."""


class Problem(NamedTuple):
    at: str
    what: str


class Method(NamedTuple):
    """One method of the API: how it is called and what goes in and out."""

    name: str
    verb: str
    pattern: re.Pattern[str]
    parameters: Json
    request: str | None
    response: str | None


@functools.cache
def api(name: str) -> "Discovery":
    """Give the one reading of a document that everybody shares."""
    return Discovery(name)


@functools.cache
def document(name: str) -> Json:
    """Load a discovery document, such as ``sheets.v4``."""
    folder = resources.files("googleapiclient") / "discovery_cache" / "documents"
    text = (folder / f"{name}.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


class Discovery:
    """Finds methods and checks bodies against their schemas."""

    def __init__(self, name: str) -> None:
        self.document = document(name)
        self.schemas: dict[str, Json] = self.document["schemas"]
        self.common: Json = self.document["parameters"]
        self.methods = sorted(
            collect(self.document, self.document["servicePath"]),
            key=lambda one: -len(one.pattern.pattern),
        )

    def method(self, verb: str, path: str) -> Method | None:
        """Find the method that a URL's path, already unquoted, calls."""
        for one in self.methods:
            if one.verb == verb and one.pattern.fullmatch(path):
                return one
        return None

    def refuse_bad_request(
        self, method: Method, body: Any, query: dict[str, list[str]]
    ) -> None:
        """Refuse what Google would refuse before looking at any spreadsheet."""
        problems = self.query_problems(method, query)
        for fields in query.get("fields", []):
            path = self.unknown_path(read_mask(fields), method.response)
            if path:
                raise unknown_fields(fields, path)
        if method.request:
            # The body of the values methods is called "data" in Google's words.
            root = "data" if method.request == "ValueRange" else ""
            problems += self.problems(body or {}, {"$ref": method.request}, root)
        if problems:
            raise RefusalError(
                400,
                "\n".join(problem.what for problem in problems),
                details=[bad_request(problems)],
            )

    def unknown_path(self, mask: Mask, name: str | None) -> str:
        """Find a path of a mask that a schema does not have; ``""`` when it has all."""
        return self.lost_path(mask, {"$ref": name}) if name else ""

    def lost_path(self, mask: Mask, schema: Json) -> str:
        while "$ref" in schema or schema.get("type") == "array":
            schema = (
                self.schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
            )
        fields = schema.get("properties")
        for name, branch in mask.items():
            if fields is None:
                # Below a map any name may stand; a scalar has nothing below it.
                return "" if "additionalProperties" in schema else name
            if name == "*":
                continue
            if name not in fields:
                return name
            lost = self.lost_path(branch, fields[name]) if branch else ""
            if lost:
                return f"{name}.{lost}"
        return ""

    def query_problems(
        self, method: Method, query: dict[str, list[str]]
    ) -> list[Problem]:
        found: list[Problem] = []
        for name, values in query.items():
            schema = method.parameters.get(camel(name)) or self.common.get(name)
            if schema is None:
                found.append(Problem("", unbound(name)))
                continue
            for value in values:
                if "enum" in schema and value not in schema["enum"]:
                    found += wrong(snake(name), schema, value)
        return found

    def reply_problems(self, method: Method, body: Any) -> list[str]:
        """Say where one of our own answers breaks the schema."""
        if method.response is None:
            return []
        found = self.problems(body, {"$ref": method.response}, "")
        return [f"{problem.at}: {problem.what}" for problem in found]

    def problems(self, value: Any, schema: Json, at: str) -> list[Problem]:
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"]]
        kind = schema.get("type")
        if value is None or kind == "any":
            return []
        if kind == "object":
            return self.object_problems(value, schema, at)
        if kind == "array":
            return self.array_problems(value, schema, at)
        return [] if fits(value, schema) else wrong(at, schema, value)

    def object_problems(self, value: Any, schema: Json, at: str) -> list[Problem]:
        if not isinstance(value, dict):
            return wrong(at, schema, value)
        fields = schema.get("properties", {})
        free = schema.get("additionalProperties")
        found: list[Problem] = []
        for name, item in value.items():
            field = name if name in fields else camel(name)
            if field in fields:
                inner = f"{at}.{snake(field)}" if at else snake(field)
                found += self.problems(item, fields[field], inner)
            elif free is not None:
                found += self.problems(item, free, f"{at}.{name}")
            else:
                found.append(Problem(at, unknown_name(name, at)))
        return found

    def array_problems(self, value: Any, schema: Json, at: str) -> list[Problem]:
        items = schema["items"]
        if not isinstance(value, list):
            if items.get("type") == "array":
                what = "type.googleapis.com/google.protobuf.ListValue"
                return [Problem(at, f"Invalid value at '{at}' ({what}), {put(value)}")]
            # JSON of protocol buffers takes a bare message for a list of one.
            value = [value]
        found: list[Problem] = []
        for index, item in enumerate(value):
            found += self.problems(item, items, f"{at}[{index}]")
        return found


def collect(resource: Json, folder: str) -> list[Method]:
    found: list[Method] = []
    for inner in resource.get("resources", {}).values():
        for method in inner.get("methods", {}).values():
            # A range may hold slashes and colons, an identifier neither.
            pattern = re.sub(
                r"\\\{(\w+)\\\}",
                lambda name: "(.+?)" if name[1] == "range" else "([^/:]+)",
                re.escape(folder + method["path"]),
            )
            found.append(
                Method(
                    method["id"],
                    method["httpMethod"],
                    re.compile(f"/{pattern}", re.DOTALL),
                    method.get("parameters", {}),
                    method.get("request", {}).get("$ref"),
                    method.get("response", {}).get("$ref"),
                )
            )
        found += collect(inner, folder)
    return found


def fits(value: Any, schema: Json) -> bool:
    kind = schema["type"]
    if kind == "string":
        return value in schema["enum"] if "enum" in schema else isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if isinstance(value, str):
        return NUMBER.fullmatch(value) is not None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return kind == "number" or float(value).is_integer()


def wrong(at: str, schema: Json, value: Any) -> list[Problem]:
    kind = schema.get("type")
    if kind == "object":
        name = PACKAGE + INNER.get(str(schema.get("id")), str(schema.get("id")))
    elif "enum" in schema:
        name = PACKAGE + "Enum"
    elif kind == "integer":
        name = "TYPE_INT32" if schema.get("format") == "int32" else "TYPE_INT64"
    else:
        name = SCALARS.get(str(kind), "TYPE_DOUBLE")
    return [Problem(at, f"Invalid value at '{at}' ({name}), {put(value)}")]


def unknown_name(name: str, at: str) -> str:
    where = f" at '{at}'" if at else ""
    return (
        f'Invalid JSON payload received. Unknown name "{name}"{where}: '
        "Cannot find field."
    )


def unknown_fields(fields: str, path: str) -> RefusalError:
    # Quoted by many who met it: the message says nothing, the details say it.
    what = (
        "Error expanding 'fields' parameter. Cannot find matching fields for path "
        f"'{path}'."
    )
    return RefusalError(
        400,
        "Request contains an invalid argument.",
        details=[bad_request([Problem(fields, what)])],
    )


def unbound(name: str) -> str:
    return (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
        f"parameter. Field '{name}' could not be found in request message."
    )


def bad_request(problems: list[Problem]) -> Json:
    return {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [
            {"field": problem.at, "description": problem.what}
            if problem.at
            else {"description": problem.what}
            for problem in problems
        ],
    }


def put(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
