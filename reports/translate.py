"""Templates of a base language read through a catalogue, piece by piece.

A piece is what a template says between two tags, line ends or slots. What people wrote
comes in through slots and is never translated.
"""

import re
from collections.abc import Iterator, Mapping

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_PIECE = re.compile(r"[^<>\n]+")
_SAYS = re.compile(r"[\u3400-\u9fff“”]|PingFang")
"""What makes a piece of a Chinese template worth a place in a catalogue: words, quotes,
and the list of typefaces."""


class Translation(Extension):
    """Replaces what a template says by what its environment's catalogue has for it."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Translate the words between the tags, and those quoted inside."""
        catalogue: Mapping[str, str] = self.environment.catalogue  # type: ignore[attr-defined]
        for token in stream:
            said = token.value
            if token.type == "data":
                said = _PIECE.sub(lambda found: _said(found[0], catalogue), said)
            elif token.type == "string":
                said = catalogue.get(said, said)
            yield Token(token.lineno, token.type, said)


def pieces(stream: TokenStream) -> Iterator[str]:
    """Give everything a template says, as catalogues know it, in its order."""
    for token in stream:
        if token.type == "data":
            yield from (one.strip() for one in _PIECE.findall(token.value))
        elif token.type == "string":
            yield token.value


def speaks(piece: str) -> bool:
    """Whether a piece of a Chinese template is for a catalogue."""
    return bool(_SAYS.search(piece))


def _said(piece: str, catalogue: Mapping[str, str]) -> str:
    words = piece.strip()
    return piece.replace(words, catalogue.get(words, words)) if words else piece
