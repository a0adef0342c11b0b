"""Templates into text: the user's own first, in a sandbox, with errors one can act on."""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

import templates
from reports import palette, show
from reports.translate import Translation
from sync.assess.labels import SIGNS, WORDS
from sync.errors import DeliveryError
from sync.languages import Language, languages, sentences
from sync.records.model import Status
from sync.wording import Text, same

OWN = Path(templates.__file__).parent
"""The folder of the templates that come with Followup."""

_QUOTED = re.compile(r"'([^']+)'")
_BLANKS = re.compile(r"\n{3,}")

_AT = Text("模板 {name}：{what}", "template {name}: {what}")
_AT_LINE = Text(
    "模板 {name} 第 {line} 行：{what}", "template {name}, line {line}: {what}"
)
_UNPARSED = Text("写法不对", "cannot be parsed")
_UNREADABLE = Text("无法读取：{why}", "cannot be read: {why}")
_NEEDS = Text("缺少它要用的“{name}”", "needs {name!r}, which is missing")
_UNKNOWN = Text(
    "没有变量“{variable}”（{message}）",
    "variable {variable!r} is not known ({message})",
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which asks about an attribute of a type once and not per letter.

    What it asks depends on nothing else, and half of the time of a letter went there.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        asked = (type(obj), attr)
        known = self._known.get(asked)
        if known is None:
            known = super().is_safe_attribute(obj, attr, value)
            self._known[asked] = known
        return known


class Renderer:
    """All templates of one run, compiled once per language that is asked for."""

    def __init__(self, folder: Path | None, today: date) -> None:
        """Prepare the templates.

        Args:
            folder: The user's templates, looked at before our own.
            today: The day letters are about; its year is left out of other days.

        Raises:
            DeliveryError: If the folder does not exist.
        """
        if folder and not folder.is_dir():
            raise DeliveryError(
                Text("模板文件夹不存在", "the folder of templates does not exist"),
                where=str(folder),
                hint=Text(
                    "请改正配置里的 mail.templates，或删掉这一项",
                    "correct mail.templates in the configuration, or remove it",
                ),
            )
        folders = [folder, OWN] if folder else [OWN]
        loader = ChoiceLoader([FileSystemLoader(one) for one in folders])
        self._folder = folder
        self._loader = loader
        self._today = today
        self._environments: dict[tuple[str, bool], Environment] = {}
        self._inliner = css_inline.CSSInliner(
            keep_style_tags=False,
            keep_at_rules=True,
            load_remote_stylesheets=False,
        )

    def html(self, audience: str, tag: str, slots: Mapping[str, object]) -> str:
        """Render the HTML part with its styles written onto the elements."""
        page = self._render(audience, "html", tag, slots)
        return self._inliner.inline(page) + "\n"

    def text(self, audience: str, tag: str, slots: Mapping[str, object]) -> str:
        """Render the plain part."""
        plain = self._render(audience, "text", tag, slots)
        lines = "\n".join(line.rstrip() for line in plain.splitlines())
        return _BLANKS.sub("\n\n", lines).strip() + "\n"

    def subject(self, audience: str, tag: str, slots: Mapping[str, object]) -> str:
        """Render the subject, on one line."""
        shown = self._render(audience, "subject", tag, slots)
        return show.one_line(shown, 160)

    def problem(self, name: str) -> DeliveryError | None:
        """Say why a template cannot be used at all; ``None`` when it can be read."""
        try:
            self._environment("zh", html=True).get_template(name)
        except TemplateSyntaxError as error:
            return self._error(name, error.lineno, _parsed(error))
        except (UnicodeDecodeError, OSError) as error:
            return self._error(name, None, _UNREADABLE.fill(why=error))
        return None

    def _render(
        self, audience: str, part: str, tag: str, slots: Mapping[str, object]
    ) -> str:
        # A language may bring templates of its own; else its base's are translated.
        names = [f"{audience}.{part}.{one}.j2" for one in (tag, languages()[tag].base)]
        name = names[-1]
        try:
            environment = self._environment(tag, html=part == "html")
            return environment.select_template(names).render(slots)
        except TemplateSyntaxError as error:
            place = error.name or name
            raise self._error(place, error.lineno, _parsed(error)) from error
        except TemplateNotFound as error:
            raise self._error(name, None, _NEEDS.fill(name=error.name)) from error
        # A template is the user's program: whatever it does wrong is told by its line.
        except Exception as error:
            where, line = _place(error, name)
            raise self._error(where, line, _described(error)) from error

    def _environment(self, tag: str, *, html: bool) -> Environment:
        known = self._environments.get((tag, html))
        if known is None:
            known = _environment(self._loader, languages()[tag], self._today, html=html)
            self._environments[tag, html] = known
        return known

    def _error(self, name: str, line: int | None, what: Text) -> DeliveryError:
        own = self._folder / name if self._folder else None
        path = own if own and own.is_file() else OWN / name
        place = f"{path}:{line}" if line else str(path)
        return DeliveryError(
            (_AT_LINE if line else _AT).fill(name=name, line=line, what=what),
            where=place,
            hint=Text(
                "请改正模板，或删掉它改用 Followup 自带的模板；这次什么也没有写出",
                "correct the template, or remove it to use the one that "
                "comes with Followup; nothing was written",
            ),
        )


def _parsed(error: TemplateSyntaxError) -> Text:
    return same(error.message) if error.message else _UNPARSED


def _described(error: Exception) -> Text:
    message = show.one_line(str(error), 160)
    if isinstance(error, UndefinedError):
        found = _QUOTED.findall(message)
        variable = found[-1] if found else "?"
        return _UNKNOWN.fill(variable=variable, message=message)
    return same(f"{type(error).__name__}: {message}")


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Find the innermost template line in a traceback that Jinja has rewritten."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    if not frames:
        return name, None
    return Path(frames[-1].filename).name, frames[-1].lineno


def _environment(
    loader: BaseLoader, language: Language, today: date, *, html: bool
) -> Environment:
    environment = _Sandbox(
        loader=loader,
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
    )
    environment.extend(catalogue=sentences(language.tag))
    environment.add_extension(Translation)
    environment.filters.update(_filters(language.tag, today))
    environment.globals.update(
        lang=language.base,
        html_lang=language.html,
        palette=palette,
        colours=palette.COLOURS,
        signs=SIGNS,
        words={one: show.spoken(WORDS[one], language.tag) for one in Status},
        Status=Status,
    )
    return environment


def _finalize(value: object) -> object:
    """Keep bidi and control marks of people's words out of whatever is shown."""
    # Markup is what a macro made: its expressions have been through here already.
    return show.harmless(value) if type(value) is str else value


def _filters(tag: str, today: date) -> dict[str, Callable[..., object]]:
    def say(text: Text | str, limit: int = 400) -> str:
        return show.say(text, tag, limit)

    def sentence(text: Text | str, limit: int = 400) -> str:
        return show.sentence(text, tag, limit)

    def share(value: float | None) -> str:
        return show.share(value, tag)

    def listed(names: Iterable[str]) -> str:
        return show.listed(names, tag)

    def day(on: date) -> str:
        return show.day(on, tag, today)

    return {
        "say": say,
        "sentence": sentence,
        "share": share,
        "listed": listed,
        "day": day,
        "count": show.count,
        "number": show.number,
        "capital": show.capital,
    }
