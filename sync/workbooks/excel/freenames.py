"""Names of parts that a new one must not take."""

import posixpath
from contextlib import suppress

from sync.errors import WorkbookError
from sync.workbooks.excel.package import CONTENT_TYPES, Package


def names_in_use(package: Package) -> frozenset[str]:
    """Collect the names of parts that are there, or that anything speaks of.

    A part may have been taken out by a program that left behind what leads to it, what
    it led to, or what declares its type. A new part under its name would be shown where
    the old one was, point where it pointed, or be declared twice, which Excel calls
    damage.

    Returns:
        Names in lower case, without a leading slash.
    """
    used = set()
    for name in package.names():
        used.add(name)
        folder, file = posixpath.split(name)
        if posixpath.basename(folder).lower() != "_rels":
            continue
        owner = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
        used.add(owner)
        with suppress(WorkbookError):  # damage there concerns nobody here
            links = package.relationships(owner)
            used.update(link.target for link in links if not link.external)
    declared = package.tree(CONTENT_TYPES).all("Override")
    used.update(one.get("PartName").lstrip("/") for one in declared)
    return frozenset(name.lower() for name in used)
