"""Finding and reading ``config.toml``: every problem at once, each with its key."""

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sync.config.model import Config
from sync.errors import ConfigError
from sync.wording import Lang

NAME = "config.toml"


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

    def __init__(self, problems: tuple[KeyProblemError, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems

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
            f"cannot be read: {error.strerror}",
            where=str(path),
            hint="give the path of a file you may read with --config",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"is not TOML: {error}",
            where=where,
            hint="compare the line with config.example.toml",
        ) from error
    try:
        return Settings(_anchored(Config.model_validate(data), path), path.resolve())
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ConfigProblemsError(
            tuple(_problem(where, detail) for detail in details)
        ) from error


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
            f"did you mean {near[0]}?"
            if near
            else f"remove it; known here: {', '.join(known)}"
        )
        return KeyProblemError("is not a key we know", where=place, hint=hint)
    got = detail.get("input")
    what = f"{_lower(detail['msg'])}, got {got!r}"
    hint = "see config.example.toml for what this key takes"
    return KeyProblemError(what, where=place, hint=hint)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


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
