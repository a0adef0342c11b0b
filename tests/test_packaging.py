"""What is installed: the wheel, the lock, and who imports whom."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("sync", "reports", "templates")

PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def pinned() -> dict[str, str]:
    return {
        canonicalize_name(found["name"]): found["version"]
        for found in PINNED.finditer(lock())
    }


def wanted() -> list[Requirement]:
    declared = project()["project"]
    extras = declared["optional-dependencies"].values()
    groups = project()["dependency-groups"].values()
    lines = [*declared["dependencies"], *(line for group in extras for line in group)]
    lines += [line for group in groups for line in group]
    return [Requirement(line) for line in lines]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: a build leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    unwanted = shutil.ignore_patterns("__pycache__")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy / name)
    target = tmp_path_factory.mktemp("dist")
    # Without isolation nothing is fetched: the build backend is in the lock.
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    built = subprocess.run(
        [*build, "--outdir", str(target), str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.returncode == 0, built.stdout + built.stderr

    return next(target.glob("*.whl"))


def test_the_wheel_holds_the_three_packages_with_their_data_and_nothing_else(
    wheel: Path,
) -> None:
    kept = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert names == kept


def test_the_wheel_brings_the_command_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        named = {Path(name).name: name for name in archive.namelist()}
        commands = archive.read(named["entry_points.txt"]).decode()

    assert "followup = sync.cli:main" in commands
    assert "LICENSE" in named


def test_every_dependency_is_locked_within_its_range() -> None:
    versions = pinned()
    wrong = [
        str(one)
        for one in wanted()
        if not one.specifier.contains(
            versions.get(canonicalize_name(one.name), "0.0.dev0"), prereleases=True
        )
    ]

    assert wrong == [], "run `make lock`"


def test_the_build_backend_is_locked_too() -> None:
    needed = {
        canonicalize_name(Requirement(line).name)
        for line in project()["build-system"]["requires"]
    }

    assert needed <= pinned().keys()


def test_every_locked_version_has_hashes() -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock(), flags=re.MULTILINE)[1:]

    assert len(blocks) == len(pinned())
    assert [b.splitlines()[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_the_lock_does_not_say_where_packages_come_from() -> None:
    assert re.findall(r"^-.*|https?://\S+|file:\S+", lock(), re.MULTILINE) == []


def test_data_goes_forward_through_the_rooms() -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))

    assert command, "import-linter is not installed beside Python"

    checked = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout[-2000:]
