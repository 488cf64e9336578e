"""
Take words off a condition, one kind at a time, as the grammar of Falco's rules asks for them.

Law: there is no list of tokens: what a word is depends on where it stands, so the parser asks and
the cursor answers. Each expression here is a run of one character set: linear.
"""

import re
from collections.abc import Sequence

from pratique.model.errors import FormatError

BLANKS = " \t\b\r\n"
NOT = re.compile(r"not[ \t\r\n\v\f]+")
IDENTIFIER = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")
FIELD = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*)+")
BARE_ARGUMENT = re.compile(r"[^\]\[\"' \t\r\n\v\f]+")
HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]+")
NUMBER = re.compile(r"[+\-]?[0-9]+\.?[0-9]*(?:[eE][+\-][0-9]+)?")
BARE = re.compile(r"[^()\"' \t\r\n\v\f=,]+")

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", " ": "\\", "\\": "\\", "/": "/"}


class ConditionError(FormatError):
    """Report a condition that does not follow the grammar; ``at`` counts its characters from 0."""

    fix = "see docs/reference/rules-language.md for the grammar"

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class Cursor:
    """A condition and the place up to which it was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def fail(self, message: str) -> ConditionError:
        """Return the error that says what was expected here."""
        rest = self.text[self.at : self.at + 20]
        return ConditionError(
            f"{message}, found {rest!r}" if rest else f"{message} at the end", self.at
        )

    def blank(self) -> bool:
        """Pass white space, and say whether there was any."""
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in BLANKS:
            self.at += 1
        return self.at > start

    def word(self, word: str) -> bool:
        """Pass a word, and say whether it stood here."""
        if not self.text.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def match(self, pattern: "re.Pattern[str]") -> str:
        """Return what an expression takes from here, empty if nothing."""
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def one_of(self, words: Sequence[str]) -> str:
        """Return the first of the words that stands here; one of letters needs a blank after it."""
        for word in words:
            start = self.at
            if self.word(word):
                if not word[0].isalpha() or word in ("exists", "in", "intersects", "pmatch"):
                    return word
                if self.blank():
                    return word
                self.at = start
        return ""

    def quoted(self) -> str | None:
        """Return a text between quotes, its escapes resolved; None if none stands here."""
        quote = self.text[self.at : self.at + 1]
        if quote not in ("'", '"') or not quote:
            return None
        end, previous = self.at + 1, ""
        while end < len(self.text) and not (self.text[end] == quote and previous != "\\"):
            previous = self.text[end]
            end += 1
        if end >= len(self.text):
            return None
        body, self.at = self.text[self.at + 1 : end], end + 1
        return self._unescaped(body, quote)

    def _unescaped(self, body: str, quote: str) -> str:
        if "\\" not in body:
            return body
        made: list[str] = []
        at = 0
        while at < len(body):
            letter = body[at]
            at += 1
            if letter != "\\":
                made.append(letter)
                continue
            escape = body[at : at + 1]
            at += 1
            if escape == "x" and re.fullmatch(r"[0-9a-fA-F]{2}", body[at : at + 2]):
                made.append(chr(int(body[at : at + 2], 16)))
                at += 2
            elif escape in _ESCAPES:
                made.append(_ESCAPES[escape])
            elif escape == quote:
                made.append(quote)
            elif escape:
                raise self.fail(f"\\{escape} is no escape in a text between {quote}")
        return "".join(made)
