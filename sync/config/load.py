"""Finding and reading ``config.toml``: every problem at once, each with its key."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sync.causes import cause
from sync.config.complaints import complaint
from sync.config.model import Config
from sync.errors import ConfigError
from sync.wording import LANGS, Lang, Text

NAME = "config.toml"
_LINE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
_NEAR = Text(
    "第 {line} 行第 {column} 列附近不是正确的 TOML 写法",
    "is not TOML near line {line}, column {column}",
)
_SOMEWHERE = Text("不是正确的 TOML 格式", "is not TOML")
_PROBLEMS = Text("{n} 处问题", "{n} problems")


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration and where it came from."""

    config: Config
    path: Path | None = None
    """``None`` when there is no file: every default holds."""

    @property
    def folder(self) -> Path:
        """What relative paths in the file are relative to."""
        return self.path.parent if self.path else Path.cwd()


class KeyProblemError(ConfigError):
    """One key cannot be used."""

    code = "C003"


class ConfigProblemsError(KeyProblemError):
    """One or more keys cannot be used."""

    def __init__(
        self, problems: tuple[KeyProblemError, ...], language: Lang | None
    ) -> None:
        super().__init__(_PROBLEMS.fill(n=len(problems)))
        self.problems = problems
        self.language = language
        """The office's, where that key is right."""

    def in_(self, lang: Lang) -> str:
        """Show every problem with its own key and fix."""
        return "\n".join(problem.in_(lang) for problem in self.problems)


def find(start: Path) -> Path | None:
    """Look for ``config.toml`` in ``start`` and its parents."""
    for folder in (start, *start.parents):
        if (candidate := folder / NAME).is_file():
            return candidate
    return None


def load(path: Path | None) -> Settings:
    """Read a configuration file, or take every default when there is none.

    Raises:
        ConfigError: If the file cannot be read, is not TOML, or any key is wrong;
            all wrong keys are named together.
    """
    if path is None:
        return Settings(Config())
    where = path.name
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(
            Text("无法读取：{why}", "cannot be read: {why}", {"why": cause(error)}),
            where=str(path),
            hint=Text(
                "请用 --config 指定一个可以读取的文件",
                "give the path of a file you may read with --config",
            ),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            _not_toml(str(error)),
            where=where,
            hint=Text(
                "请对照 config.example.toml 检查这一行",
                "compare the line with config.example.toml",
            ),
        ) from error
    try:
        return Settings(_anchored(Config.model_validate(data), path), path.resolve())
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ConfigProblemsError(
            tuple(_problem(where, detail) for detail in details), _language(data)
        ) from error


def _not_toml(words: str) -> Text:
    """Say where the file stops being TOML; the parser says so in English only."""
    found = _LINE.search(words)
    zh = _NEAR.fill(**found.groupdict()) if found else _SOMEWHERE
    return Text("{zh}", "is not TOML: {en}", {"zh": zh, "en": words})


def _language(data: Mapping[str, object]) -> Lang | None:
    office = data.get("office")
    named = office.get("language") if isinstance(office, dict) else None
    return next((lang for lang in LANGS if lang == named), None)


def _anchored(config: Config, path: Path) -> Config:
    """Take the folder of templates as relative to the file that names it."""
    if config.mail.templates is None:
        return config
    folder = path.resolve().parent / config.mail.templates.expanduser()
    mail = config.mail.model_copy(update={"templates": folder})
    return config.model_copy(update={"mail": mail})


def _problem(where: str, detail: ErrorDetails) -> KeyProblemError:
    """Say one of pydantic's complaints in our words."""
    steps = [step for step in detail["loc"] if step != "tuple[]"]
    key = "".join(
        f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps
    ).lstrip(".")
    place = f"{where}: {key}"
    if detail["type"] == "extra_forbidden":
        known = _keys_beside(steps)
        near = difflib.get_close_matches(str(steps[-1]), known, n=1)
        hint = (
            Text("是不是想写 {near}？", "did you mean {near}?", {"near": near[0]})
            if near
            else Text(
                "请删掉它；这里可以写：{known}",
                "remove it; known here: {known}",
                {"known": ", ".join(known)},
            )
        )
        return KeyProblemError(
            Text("没有这一项配置", "is not a key we know"), where=place, hint=hint
        )
    hint = Text(
        "这一项可以写什么，见 config.example.toml",
        "see config.example.toml for what this key takes",
    )
    return KeyProblemError(complaint(detail), where=place, hint=hint)


def _keys_beside(steps: list[str | int]) -> list[str]:
    """List the keys that are known where an unknown one was found."""
    section: type[BaseModel] = Config
    for step in steps[:-1]:
        if isinstance(step, int):
            continue
        annotation = section.model_fields[step].annotation
        inner = getattr(annotation, "__args__", (annotation,))[0]
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            section = inner
    return sorted(section.model_fields)
