"""
Split a line of shell into its simple commands, roughly, to see which programs it runs.

Law: bounded and linear; nothing is expanded or run. Quotes and backslashes are honoured, operators
(``;``, ``&&``, ``||``, ``|``, ``&``, brackets, newlines) divide commands, comments are dropped. What
is deeper (here-documents, ``case``, nested substitutions) comes out as words: good for recognising
known programs and options, never a proof that something does not run. Terms: POSIX.1-2017, Shell
Command Language, §2.3 and §2.9.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

MOST_CHARACTERS = 1 << 16
"""Longer text is cut here."""
_MOST_COMMANDS = 2_000
_TOKEN = re.compile(
    r"(?P<operator>\|\||&&|;;|\|&|&>>?|[;|()\n])"
    r"|(?P<redirect>[0-9]?(?:>>|>&|>\||<<<|<<-?|<>|[<>])&?-?)"
    r"|(?P<background>&)"
    r"|(?P<comment>(?:(?<=\s)|^)#[^\n]*)"
    r"|(?P<space>[^\S\n]+|\\\n)"
    r"|(?P<word>(?:'[^']*'|\"(?:\\[\s\S]|[^\"\\])*\"|\\[\s\S]|[^\s;|&()<>'\"\\])+|['\"\\])",
)
_QUOTED = re.compile(r"'([^']*)'|\"((?:\\[\s\S]|[^\"\\])*)\"|\\([\s\S])")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_PREFIXES = frozenset({
    "!", "{", "do", "else", "elif", "env", "exec", "command", "if", "nohup", "then", "time", "until",
    "while", "doas", "sudo", "ionice", "nice", "chroot", "xargs", "timeout", "eatmydata",
})  # fmt: skip
"""Words before the program that is meant."""


class Command(Struct, frozen=True):
    """
    One simple command: its words, unquoted, and whether its input is what the one before writes.

    ``writes`` is the file that its output goes to, or empty.
    """

    words: tuple[str, ...]
    piped: bool = False
    writes: str = ""

    @property
    def program(self) -> str:
        """Return the base name of the program, behind assignments and the likes of ``sudo``."""
        return self._parts()[0]

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the words behind the program."""
        return self._parts()[1]

    def has(self, *options: str) -> str:
        """
        Return the first of the options that is given, or empty; ``-k`` is also found in ``-fsk``.

        >>> next(commands("curl -fsSLk https://x.example")).has("--insecure", "-k")
        '-k'
        """
        for option in options:
            letter = option[1:] if len(option) == 2 and option[0] == "-" else ""
            for word in self.arguments:
                bundled = letter and re.fullmatch(r"-[A-Za-z0-9#]+", word) and letter in word
                if word == option or word.startswith(f"{option}=") or bundled:
                    return option
        return ""

    def _parts(self) -> tuple[str, tuple[str, ...]]:
        skipping = ""
        for position, word in enumerate(self.words):
            name = word.rpartition("/")[2]
            if _ASSIGNMENT.match(word) or (skipping and word.startswith("-")):
                continue
            if name in _PREFIXES:
                skipping = name
                continue
            if skipping == "timeout" and word[:1].isdigit():
                continue
            return name, self.words[position + 1 :]
        return "", ()


def commands(text: str) -> Iterator[Command]:
    """
    Yield the simple commands of a shell text, in order.

    >>> [(one.program, one.piped) for one in commands("cd /x && curl -s https://x.example | sudo sh")]
    [('cd', False), ('curl', False), ('sh', True)]
    """
    words: list[str] = []
    writes = ""
    piped = False
    redirect = ""
    left = _MOST_COMMANDS
    for token in _TOKEN.finditer(text[:MOST_CHARACTERS]):
        kind = token.lastgroup
        if kind in ("operator", "background"):
            if words:
                yield Command(tuple(words), piped, writes)
                left -= 1
                if not left:
                    return
            piped = token[0] in ("|", "|&")
            words, writes, redirect = [], "", ""
        elif kind == "redirect":
            redirect = token[0]
        elif kind == "word":
            word = _QUOTED.sub(_unquoted, token[0])
            if not redirect:
                words.append(word)
            elif redirect.strip("012").startswith(">") and not redirect.endswith("&"):
                writes = word
            redirect = ""
    if words:
        yield Command(tuple(words), piped, writes)


def _unquoted(found: re.Match[str]) -> str:
    single, double, escaped = found.groups()
    if single is not None:
        return str(single)
    if double is not None:
        return re.sub(r"\\([\"\\$`])", r"\1", str(double))
    return "" if escaped == "\n" else str(escaped)
