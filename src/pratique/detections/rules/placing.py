"""
Find the line of a file that an error in a condition is about.

YAML folds the lines of a long condition into one, so the place in the text says little; the word that
the error names is looked for in the file, from where the condition begins to the next item.
"""

from collections.abc import Mapping, Sequence

from pratique.detections.rules.rule import RuleError, RuleFile
from pratique.formats.falco.document import Worded
from pratique.model.errors import FormatError


class Places:
    """The lines of all files."""

    def __init__(self, files: Sequence[RuleFile]) -> None:
        self._contents: Mapping[str, bytes] = {file.path: file.content for file in files}

    def error(self, error: FormatError, words: Worded, path: str, whose: str) -> RuleError:
        """Return an error in a condition with its file and line."""
        word = getattr(error, "name", "") or _word_at(words.text, getattr(error, "at", 0))
        line = self._line(path, words.line, word)
        return RuleError(path, line, f"{whose}: {error}", hint=error.hint())

    def _line(self, path: str, begins: int, word: str) -> int:
        lines = self._contents.get(path, b"").splitlines()[begins - 1 :]
        for further, line in enumerate(lines):
            if further and line.startswith(b"- "):
                break
            if word and word.encode() in line:
                return begins + further
        return begins


def _word_at(text: str, at: int) -> str:
    """
    Return the word at or before a place of a text.

    >>> _word_at("a and nonsense", 6), _word_at("a and", 5)
    ('nonsense', 'and')
    """
    behind = text[at:].split()
    before = text[:at].split()
    return behind[0] if behind and at else before[-1] if before and at else ""
