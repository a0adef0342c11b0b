"""What the house looks like: small files, plain names, nothing of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("sync", "reports", "templates")

MAX_LINES = 300
MAX_FUNCTION = 60

LONG_FILES: dict[str, str] = {}
"""File → why it is longer than that, for those that are."""

LONG_FUNCTIONS: dict[str, str] = {}
"""``file:function`` → why it is longer than that, for those that are."""

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "README.zh-CN.md",
    "config.example.toml",
    "pyproject.toml",
    "reports",
    "requirements.lock",
    "sync",
    "templates",
    "tests",
}

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base_utils"}

NOT_OURS = re.compile(
    # Registries' hosts, and folders that exist on one machine only.
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org"
    r"|(?<!emit-)index-url|(?<!emit-)find-links|trusted-host"
    r"|(?<![\w.])/(?:home|Users|work|root)/[A-Za-z]"
)


def tracked() -> tuple[Path, ...]:
    """Every file that a commit would hold, new ones included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = (ROOT / name for name in sorted(set(listed.stdout.split("\0")) - {""}))
    return tuple(path for path in names if path.is_file())


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_files_are_short_enough_to_read_in_one_go() -> None:
    long = {
        name_of(path): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }

    assert sorted(long) == sorted(LONG_FILES), long


def test_functions_fit_on_one_screen() -> None:
    long = {
        f"{name_of(path)}:{node.name}": length
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := body_length(node)) > MAX_FUNCTION
    }

    assert sorted(long) == sorted(LONG_FUNCTIONS), long


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring, which may be as long as it needs."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        return lines
    return lines - (first.end_lineno - first.lineno + 1)


def test_no_module_is_named_after_nothing_in_particular() -> None:
    vague = [
        name_of(path)
        for path in modules()
        if path.stem in VAGUE or VAGUE & set(path.relative_to(ROOT).parent.parts)
    ]

    assert vague == []


def test_no_test_folder_is_a_package() -> None:
    # tests/reports/__init__.py would make `import reports` find the tests.
    assert [name_of(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in modules()}

    assert [
        name_of(f) for f in sorted(folders) if not (f / "__init__.py").exists()
    ] == []


def test_the_typed_packages_say_so() -> None:
    assert (ROOT / "sync" / "py.typed").exists()
    assert (ROOT / "reports" / "py.typed").exists()


def test_the_top_of_the_repository_is_calm() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert found <= TOP_LEVEL, found - TOP_LEVEL


def test_nothing_of_one_machine_is_committed() -> None:
    told = [
        f"{name_of(path)}: {found[0]}"
        for path in tracked()
        if path != Path(__file__).resolve() and (found := NOT_OURS.search(text(path)))
    ]

    assert told == []


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def test_the_ci_script_can_be_run_as_it_is() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
