"""
Translate expressions of Go's ``regexp`` (RE2) into bounded ones of Python's ``re`` over bytes.

Laws: what has another meaning in Python is rewritten: flags in the middle hold to the end of their
group, ``$`` is the very end, ``\\z``, ``\\Q…\\E``, ``\\x{…}``, ``[[:alpha:]]`` and ``(?<name>…)`` are spelt as Python
spells them. Repeats without an end get one, since only bounded expressions are searched for. What
Python has nothing for (``\\pL``, ``\\C``, the flag ``U``) is refused by name. A character beyond ASCII is its
UTF-8; ``.`` is a byte. Source: https://github.com/google/re2/wiki/Syntax.
"""

import re
import warnings

from pratique.formats.expression.shape import shape_of
from pratique.model.errors import FormatError

BOUNDS = (8192, 1024, 256, 64, 16)
"""What a repeat without an end is bounded by: the first that keeps the whole within its limits."""
MAX_CHARS = 16_384

_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7f",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\v\f\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_TOKEN = re.compile(
    r"""(?P<quoted>\\Q.*?(?:\\E|\Z)) | (?P<hex>\\x\{[0-9A-Fa-f]{1,6}\}) | (?P<escape>\\.) |
    (?P<flags>\(\?[imsU]*(?:-[imsU]+)?\)) | (?P<open>\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?:))?) |
    (?P<close>\)) | (?P<either>\|) | (?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]) |
    (?P<repeat>[*+] | \{\d+,\}) | (?P<end>\$) | (?P<plain>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLASS = re.compile(r"\[:(\^?)(\w+):\]")


def compiled_re2(pattern: str) -> "re.Pattern[bytes]":
    """
    Return an expression compiled, its endless repeats bounded.

    Raises:
        FormatError: Python has nothing for it, it is damaged, or no bound makes it small enough.

    >>> compiled_re2("(?i)a+(?-i)B$").pattern
    b'(?i:a{1,8192}(?-i:B\\\\Z))'
    """
    problem = FormatError("an expression without end")
    for bound in BOUNDS:
        try:
            with warnings.catch_warnings():
                # A bracket in a set is a bracket, in Go as in today's Python.
                warnings.simplefilter("ignore", FutureWarning)
                found = re.compile(translated(pattern, bound).encode("latin-1"))
            shape_of(found)
        except FormatError as error:
            problem = error
        except (re.error, OverflowError, RecursionError) as error:
            raise FormatError(f"not an expression: {error}"[:200]) from None
        else:
            return found
    raise problem


def translated(pattern: str, bound: int) -> str:
    """
    Return the expression as Python writes it, each character a byte (Latin-1).

    Raises:
        FormatError: Python has nothing for a part of it.
    """
    if len(pattern) > MAX_CHARS:
        raise FormatError(f"an expression of more than {MAX_CHARS} characters")
    state = _Translation(bound)
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup or ""
        getattr(state, kind)(token[0])
    return state.finished()


class _Translation:
    """One pass over an expression: what is made, and which flags hold in each open group."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._made: list[str] = []
        # For each open group: the flags written in its middle, and whether lines count ("m").
        self._groups: list[tuple[list[str], bool]] = [([], False)]

    def finished(self) -> str:
        flags, _ = self._groups.pop()
        if self._groups:
            raise FormatError("an expression lacks a closing bracket")
        return "".join(self._made) + ")" * len(flags)

    def quoted(self, text: str) -> None:
        body = text[2:].removesuffix(r"\E")
        self._made.append("".join(map(_as_bytes, body)))

    def hex(self, text: str) -> None:
        self._made.append(_as_bytes(chr(int(text[3:-1], 16))))

    def escape(self, text: str) -> None:
        if text[1] in "pPC":
            raise FormatError(f"{text} has no equal in Python's expressions")
        self._made.append(r"\Z" if text == r"\z" else _plain_escape(text))

    def flags(self, text: str) -> None:
        flags = _checked(text[2:-1])
        written, lines = self._groups[-1]
        self._groups[-1] = ([*written, flags], _lines(flags, lines))
        self._made.append(f"(?{flags}:")

    def open(self, text: str) -> None:
        lines = self._groups[-1][1]
        if text.endswith(":"):
            flags = _checked(text[2:-1])
            lines, text = _lines(flags, lines), f"(?{flags}:"
        elif text.startswith("(?<"):
            text = "(?P" + text[2:]
        self._groups.append(([], lines))
        self._made.append(text)

    def close(self, _text: str) -> None:
        flags, _ = self._groups.pop()
        if not self._groups:
            raise FormatError("an expression has a bracket too many")
        self._made.append(")" * (len(flags) + 1))

    def either(self, _text: str) -> None:
        flags, _ = self._groups[-1]
        again = "".join(f"(?{flag}:" for flag in flags)
        self._made.append(")" * len(flags) + "|" + again)

    def set(self, text: str) -> None:
        if not text.isascii():
            raise FormatError("a set of characters beyond ASCII has no equal over bytes")
        made = _CLASS.sub(_posix, text[1:-1]).replace(r"\z", r"\Z")
        if re.search(r"\\[pPC]", made):
            raise FormatError("a set of Unicode classes has no equal in Python's expressions")
        # An opening bracket inside a set is nothing but itself.
        negated, made = made.startswith("^"), made.removeprefix("^")
        made = re.sub(r"(?<!\\)((?:\\\\)*)\[", r"\1\\[", made)
        self._made.append(f"[{'^' if negated else ''}{made}]")

    def repeat(self, text: str) -> None:
        low = {"*": 0, "+": 1}.get(text) if len(text) == 1 else int(text[1:-2])
        self._made.append(f"{{{low},{max(self._bound, low or 0)}}}")

    def end(self, _text: str) -> None:
        self._made.append("$" if self._groups[-1][1] else r"\Z")

    def plain(self, text: str) -> None:
        self._made.append(text if text.isascii() else _as_bytes(text))


def _checked(flags: str) -> str:
    if "U" in flags:
        raise FormatError("the flag U (ungreedy) has no equal in Python's expressions")
    return flags


def _lines(flags: str, before: bool) -> bool:
    added, _, removed = flags.partition("-")
    return (before or "m" in added) and "m" not in removed


def _posix(match: "re.Match[str]") -> str:
    known = _POSIX.get(match[2])
    if known is None or match[1]:
        raise FormatError(f"the class {match[0]} is not known")
    return known


def _plain_escape(text: str) -> str:
    char = text[1]
    if char.isalnum() and char not in "abfnrtvxdDsSwWBA01234567z":
        raise FormatError(f"{text} has no equal in Python's expressions")
    return text if char.isascii() else _as_bytes(char)


def _as_bytes(char: str) -> str:
    made = "".join(f"\\x{code:02x}" for code in char.encode())
    return made if len(char.encode()) == 1 else f"(?:{made})"
