"""The user's own word about a sheet, checked against what there is."""

# ruff: noqa: PLR2004 - lengths of words and numbers read best as plain numbers.

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from sync.cells import CellRef, column_number
from sync.config.model import TableOverride
from sync.errors import ConfigError
from sync.findings import Finding
from sync.tables import reasons
from sync.tables.headers import Header
from sync.tables.model import Kind
from sync.tables.normalise import clean
from sync.tables.vocabulary import TABLES, TableName, Vocabulary
from sync.wording import Text
from sync.workbooks.snapshot import Snapshot

IGNORE = "ignore"

_SHEETS = Text("现有工作表：{names}", "known sheets: {names}")
_FIELDS = Text("可用的字段：{names}", "known fields: {names}")
_ANY = Text("任何", "any")


def checked(
    snapshot: Snapshot, overrides: Sequence[TableOverride], vocab: Vocabulary
) -> dict[str, list[TableOverride]]:
    """Sort the overrides by sheet.

    Raises:
        ConfigError: If a sheet or a field does not exist, with what may be meant.
    """
    names = [sheet.name for sheet in snapshot.sheets]
    by_sheet: dict[str, list[TableOverride]] = {}
    for override in overrides:
        if override.sheet not in names:
            raise ConfigError(
                Text(
                    "{locator} 里没有工作表“{sheet}”",
                    'there is no sheet "{sheet}" in {locator}',
                    {"sheet": override.sheet, "locator": snapshot.locator},
                ),
                hint=_suggest(override.sheet, names, _SHEETS),
                where="config.toml: source.table.sheet",
            )
        for key, field in override.columns.items():
            _check_field(override, key, field, vocab)
        by_sheet.setdefault(override.sheet, []).append(override)
    return by_sheet


def _check_field(
    override: TableOverride, key: str, field: str, vocab: Vocabulary
) -> None:
    known = {IGNORE, *_fields(override.kind, vocab)}
    if field not in known:
        raise ConfigError(
            Text(
                "{table}表没有字段“{field}”",
                '"{field}" is not a field of {table} table',
                {"field": field, "table": override.kind or _ANY},
            ),
            hint=_suggest(field, sorted(known), _FIELDS),
            where=f'config.toml: source.table.columns."{key}"',
        )


def _fields(kind: str | None, vocab: Vocabulary) -> Iterable[str]:
    table = "goals" if kind == "kpi" else kind
    for name in TABLES:
        if table in {None, "other", name}:
            yield from vocab.fields[name]


def _suggest(word: str, known: Sequence[str], among: Text) -> Text:
    close = get_close_matches(word, known, n=3, cutoff=0.5)
    if close:
        zh = "或".join(f"“{name}”" for name in close)
        en = " or ".join(f'"{name}"' for name in close)
        return Text("是不是想写{zh}？", "did you mean {en}?", {"zh": zh, "en": en})
    return among.fill(names=", ".join(known))


def columns_set(
    override: TableOverride,
    header: Header,
    bounds: tuple[int, int],
    *,
    at: tuple[str, TableName | None],
    vocab: Vocabulary,
) -> tuple[dict[int, str | None], list[Finding]]:
    """Find the columns the user speaks of.

    Args:
        override: The user's word.
        header: The table's header.
        bounds: The table's first and last column.
        at: The sheet's name and the vocabulary table of its kind.
        vocab: The vocabulary.

    Returns:
        Column → field, ``None`` for one to ignore; and a finding for every key that
        is neither a header nor a column letter of the table, or whose field the kind
        does not have.
    """
    sheet, table = at
    found: dict[int, str | None] = {}
    findings: list[Finding] = []
    by_text: dict[str, int] = {}
    for column, text in sorted(header.texts.items()):
        by_text.setdefault(clean(text), column)
    for key, field in override.columns.items():
        at_column = by_text.get(clean(key)) or _by_letter(key, bounds)
        if at_column is None:
            findings.append(_not_found(key, sheet, header))
        elif field == IGNORE:
            found[at_column] = None
        elif table is None or field in vocab.fields[table]:
            found[at_column] = field
        else:
            raise ConfigError(
                Text(
                    "{table} 表没有字段“{field}”",
                    'a {table} table has no field "{field}"',
                    {"table": table, "field": field},
                ),
                hint=_suggest(field, sorted(vocab.fields[table]), _FIELDS),
                where=f'config.toml: source.table.columns."{key}"',
            )
    return found, findings


def _by_letter(key: str, bounds: tuple[int, int]) -> int | None:
    if not (key.isascii() and key.isalpha() and len(key) <= 3):
        return None
    column = column_number(key)
    return column if bounds[0] <= column <= bounds[1] else None


def _not_found(key: str, sheet: str, header: Header) -> Finding:
    close = get_close_matches(key, list(header.texts.values()), n=1, cutoff=0.5)
    hint = reasons.DID_YOU_MEAN.fill(guess=close[0]) if close else Text("", "")
    return Finding(
        code="L103",
        severity="warning",
        what=reasons.NO_COLUMN_WHAT.fill(key=key, sheet=sheet, hint=hint),
        fix=reasons.NO_COLUMN_FIX,
        at=CellRef(sheet, header.row, header.left),
    )


def kind_of(override: TableOverride | None) -> Kind | None:
    """The kind the user set, or ``None``."""
    return Kind(override.kind) if override and override.kind else None
