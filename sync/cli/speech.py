"""The language a command talks in before it has looked into a workbook."""

import locale
import os
from collections.abc import Mapping

from sync.languages import languages, tag_of
from sync.wording import Lang

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX and GNU's gettext ask for the language of messages."""


def chosen(asked: Lang | None, configured: Lang | None) -> Lang:
    """Choose: what was asked for, else the office's, else the machine's."""
    return asked or configured or machine_language(os.environ)


def machine_language(environ: Mapping[str, str]) -> Lang:
    """Tell which of our languages the machine is set to; English for any other."""
    said = next((environ[name] for name in _VARIABLES if environ.get(name)), None)
    # Windows sets no variable. It calls its own "Chinese (Simplified)_China".
    said = said or locale.getlocale()[0] or ""
    tag = tag_of(said)
    return languages()[tag].base if tag else "en"
