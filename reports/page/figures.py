"""The same summary as plain figures, for programs and for other spreadsheets."""

import csv
import io
from collections.abc import Iterator

from reports.lines import ORDER
from reports.page.appraisal import Appraisal, appraisal
from reports.page.edition import Edition
from reports.page.overview import Overview, overview
from reports.page.weights import weight_sums
from reports.show import one_line
from sync.wording import Lang

FORMAT = 1
"""Rises when a key or column changes its meaning or goes; new ones may come."""

COLUMNS = ("format", "as_of", "audience", "section", "name", "figure", "value", "of")

# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_Row = tuple[str, str, str, object, object]


def figures(shown: Edition, lang: Lang) -> dict[str, object]:
    """Give one edition's summary as plain values for JSON.

    Shares are 0–1, days ISO 8601; ``None`` stands for what is not known.
    """
    o = overview(shown)
    return {
        "format": FORMAT,
        "as_of": shown.today.isoformat(),
        "previous_run_on": o.previous_on.isoformat() if o.previous_on else None,
        "audience": str(shown.kind),
        "goals": o.n,
        "people": o.n_people,
        "need_attention": o.n_attention,
        "differ_from_sheet": o.n_disagreeing,
        "by_status": {
            str(one.status): {"n": one.n, "change": one.delta} for one in o.totals
        },
        "groups": [
            {
                "kind": "person" if o.by_person else "department",
                "name": one.name,
                "goals": one.n,
                "by_status": _counts(one.counts),
            }
            for one in o.all_groups
        ],
        "people_list": [
            {
                "name": one_line(one.person.name),
                "department": one_line(one.person.department),
                "status": str(one.status) if one.goals else None,
                "goals": len(one.goals),
                "progress": one.progress,
                "weights": dict(weight_sums(one.goals)),
            }
            for one in shown.people
        ],
        "health": [
            {"figure": one.label.in_(lang), "n": one.n, "of": one.of}
            for one in o.health
        ],
        "smart": {
            "mean_score": o.mean_score,
            "scores": [
                {"from": one.low, "to": one.high, "n": one.n} for one in o.scores
            ],
            "short_of": dict(o.letters),
            "rules": [
                {"code": one.code, "title": one.title.in_(lang), "n": one.n}
                for one in o.rules
            ],
        },
        "actions_overdue": o.n_late_actions,
        "evaluation": _evaluation(appraisal(shown)),
    }


def _evaluation(e: Appraisal | None) -> dict[str, object] | None:
    """Count what HR's page shows of marks and feedback; no mark of anybody."""
    if e is None:
        return None
    return {
        "appraisals": e.n_marks,
        "self_higher": e.n_self_higher,
        "manager_higher": e.n_manager_higher,
        "distribution": [
            {"name": one.label, "n": one.n, "guideline": one.guideline}
            for one in e.slices
        ],
        "kpi_scores": e.n_scored,
        "kpi_mean": e.kpi_mean,
        "feedback_groups": e.n_groups,
        "feedback_groups_suppressed": e.n_suppressed,
    }


def figures_csv(shown: Edition, lang: Lang) -> str:
    """Give the summary as one long table: a figure a row, ready for a pivot table.

    With CRLF (RFC 4180); words that begin like a formula are made plain text.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    head = (FORMAT, shown.today.isoformat(), str(shown.kind))
    for section, name, figure, value, of in _rows(overview(shown), lang):
        known = "" if value is None else value
        writer.writerow(
            [*head, section, _plain(name), figure, known, "" if of is None else of]
        )
    return out.getvalue()


def _rows(o: Overview, lang: Lang) -> Iterator[_Row]:
    for total in o.totals:
        yield "status", "", str(total.status), total.n, o.n
    section = "person" if o.by_person else "department"
    for group in o.all_groups:
        for status, n in _counts(group.counts).items():
            yield section, group.name, status, n, group.n
    for line in o.health:
        yield "health", line.label.in_(lang), "n", line.n, line.of
    for one in o.scores:
        yield "smart", f"{one.low} to {one.high}", "score", one.n, o.n
    for letter, n in o.letters:
        yield "smart", letter, "short_of", n, o.n
    for rule in o.rules:
        yield "smart", rule.title.in_(lang), rule.code, rule.n, o.n


def _counts(counts: tuple[int, ...]) -> dict[str, int]:
    return {str(status): n for status, n in zip(ORDER, counts, strict=True) if n}


def _plain(word: str) -> str:
    return f"'{word}" if word.startswith(_FORMULA) else word
