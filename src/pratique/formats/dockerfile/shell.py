"""
Find the simple commands in the shell text of a RUN, each word with its place in the file.

Law: linear and bounded; nothing is expanded or run. Quotes, backslashes, comments, substitutions
(``$(…)``, backquotes, at most ``MAX_DEPTH`` deep), brackets and keywords are understood, ``case`` and
here-documents of the shell come out as words: good for recognising programs and options, never a
proof that something does not run. A command in a substitution comes after the one that holds it.

Source: POSIX.1-2017, Shell Command Language, §2.3, §2.4 and §2.9.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.dockerfile.tree import Folded, Span, Word

MAX_DEPTH = 8
MAX_COMMANDS = 5_000
"""Commands of one text; what comes after them is not looked at."""
MAX_CHARS = 1 << 18
"""Characters of one text; longer text is cut here."""
_OPERATOR = re.compile(r"\|\||&&|;;&?|\|&|&>>?|[;|()&\n]")
_REDIRECT = re.compile(r"[0-9]*(?:>>|>&|>\||<<<|<<-?|<>|<&|[<>])")
_SPACE = re.compile(r"(?:[^\S\n]|\\\n)+")
_PLAIN = re.compile(r"[^\s;|&()<>'\"\\`$]+")
_IN_QUOTES = re.compile(r"[^\"\\`$]+")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=")
_KEYWORDS = frozenset({"!", "{", "}", "do", "done", "elif", "else", "esac", "fi", "if", "then"})
_KEYWORDS |= frozenset({"until", "while", "time"})
WRAPPERS = frozenset(
    {"command", "doas", "eatmydata", "env", "exec", "ionice", "nice", "nohup", "sudo"}
)
"""Programs that run the one whose words follow."""
_VALUED = {
    "nice": "n",
    "sudo": "ugpCDhRrtT",
    "ionice": "cnp",
    "env": "uC",
    "doas": "uC",
    "exec": "a",
}


class Command(Struct, frozen=True, kw_only=True):
    """
    One simple command.

    ``words`` begin with its program; assignments and wrappers (``sudo -E``) before it stand in
    ``before``. ``operator`` is what joins it to the one before: ``&&``, ``||``, ``;``, ``|``, ``&``,
    a line feed, a bracket, or empty. ``depth`` counts the substitutions around it. ``writes`` is the
    file its output goes to, ``reads`` what comes in, as written, both empty where nothing is said.
    """

    words: tuple[Word, ...]
    before: tuple[Word, ...] = ()
    operator: str = ""
    depth: int = 0
    writes: str = ""
    reads: str = ""

    @property
    def program(self) -> str:
        """Return the base name of what is run, empty for bare assignments."""
        return self.words[0].value.rpartition("/")[2] if self.words else ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the words after the program, unquoted."""
        return tuple(word.value for word in self.words[1:])

    @property
    def plain(self) -> tuple[str, ...]:
        """Return the arguments that are no options: they do not begin with a dash."""
        return tuple(word.value for word in self.plain_words)

    @property
    def plain_words(self) -> tuple[Word, ...]:
        """Return the words behind ``plain``."""
        return tuple(word for word in self.words[1:] if not word.value.startswith("-"))

    @property
    def verb(self) -> str:
        """Return the first argument that is no option (``install``), or empty."""
        found = self.plain_words
        return found[0].value if found else ""

    @property
    def span(self) -> Span:
        """Return the bytes from the program to the last word."""
        all_words = self.words or self.before
        return Span(all_words[0].span.start, all_words[-1].span.end)

    @property
    def wrappers(self) -> tuple[str, ...]:
        """Return the base names of the wrappers before it."""
        names = (word.value.rpartition("/")[2] for word in self.before)
        return tuple(name for name in names if name in WRAPPERS)

    def has(self, *options: str) -> bool:
        """Return whether one of the options is given; ``-y`` is also found in ``-qy``."""
        for argument in self.arguments:
            if not argument.startswith("-"):
                continue
            for option in options:
                if argument == option or argument.startswith(f"{option}="):
                    return True
                short = len(option) == 2 and option[0] == "-" and argument[1:2] != "-"
                if short and option[1] in argument[1:].partition("=")[0]:
                    return True
        return False

    def value(self, *options: str) -> str | None:
        """Return what stands behind one of the options (``-t x``, ``--t=x``), None without."""
        given = self.arguments
        for at, argument in enumerate(given):
            for option in options:
                if argument == option:
                    return given[at + 1] if at + 1 < len(given) else ""
                if argument.startswith(f"{option}="):
                    return argument[len(option) + 1 :]
        return None


def commands_of(folded: Folded, depth: int = 0) -> tuple[Command, ...]:
    """
    Return the simple commands of a text in order.

    >>> [(one.operator, one.program, one.plain) for one in
    ...  commands_of(Folded("cd /x && sudo apt-get -y install $(cat list)", ((0, 0),)))]
    [('', 'cd', ('/x',)), ('&&', 'apt-get', ('install', '$(cat list)')), ('', 'cat', ('list',))]
    """
    if len(folded.text) > MAX_CHARS:
        folded = folded.cut(0, MAX_CHARS)
    return tuple(_Reading(folded, depth).run())


class _Reading:
    def __init__(self, folded: Folded, depth: int) -> None:
        self.folded = folded
        self.text = folded.text
        self.depth = depth
        self.at = 0
        self.inner: list[tuple[int, int]] = []

    def run(self) -> Iterator[Command]:
        """Yield the commands, then those of their substitutions."""
        operator, left = "", MAX_COMMANDS
        while self.at < len(self.text) and left > 0:
            yield from self._command(operator)
            found = _OPERATOR.match(self.text, self.at)
            operator = found[0] if found else ""
            self.at = found.end() if found else self.at + 1
            left -= 1

    def _command(self, operator: str) -> Iterator[Command]:
        words: list[Word] = []
        writes = reads = ""
        self.inner = []
        while self.at < len(self.text):
            space = _SPACE.match(self.text, self.at)
            if space:
                self.at = space.end()
                continue
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
                break
            redirect = _REDIRECT.match(self.text, self.at)
            if redirect:
                self.at = redirect.end()
                name = self._target()
                if redirect[0].lstrip("0123456789")[0] == "<":
                    reads = redirect[0] + name
                elif not redirect[0].endswith("&"):
                    writes = name
                continue
            if _OPERATOR.match(self.text, self.at):
                if not words and self.text[self.at] == "(":
                    break
                break
            words.append(self._word())
        inner = self.inner
        if words:
            made = _command(words, operator, self.depth, writes, reads)
            if made is not None:
                yield made
        for start, end in inner:
            if self.depth < MAX_DEPTH and end > start:
                yield from commands_of(self.folded.cut(start, end), self.depth + 1)

    def _target(self) -> str:
        """Read the file of a redirection."""
        space = _SPACE.match(self.text, self.at)
        if space:
            self.at = space.end()
        if self.at >= len(self.text) or _OPERATOR.match(self.text, self.at):
            return ""
        return self._word().value

    def _word(self) -> Word:
        start, parts, literal = self.at, [], False
        text = self.text
        while self.at < len(text):
            plain = _PLAIN.match(text, self.at)
            char = text[self.at]
            if plain:
                parts.append(plain[0])
                self.at = plain.end()
            elif char == "'":
                end = text.find("'", self.at + 1)
                end = len(text) if end < 0 else end
                parts.append(text[self.at + 1 : end])
                self.at, literal = end + 1, True
            elif char == '"':
                self._quoted(parts)
            elif char == "\\":
                parts.append(
                    ""
                    if text[self.at + 1 : self.at + 2] == "\n"
                    else text[self.at + 1 : self.at + 2]
                )
                self.at += 2
            elif char in "`$":
                self._expansion(parts)
            else:
                break
        if self.at == start:
            parts.append(text[start])
            self.at += 1
        self.at = min(self.at, len(text))
        return Word(
            text[start : self.at], "".join(parts), self.folded.span(start, self.at), literal
        )

    def _quoted(self, parts: list[str]) -> None:
        text = self.text
        self.at += 1
        while self.at < len(text) and text[self.at] != '"':
            plain = _IN_QUOTES.match(text, self.at)
            if plain:
                parts.append(plain[0])
                self.at = plain.end()
            elif text[self.at] == "\\":
                after = text[self.at + 1 : self.at + 2]
                parts.append(after if after in ('"', "$", "\\", "`") else f"\\{after}")
                self.at += 2
            else:
                self._expansion(parts)
        self.at += 1

    def _expansion(self, parts: list[str]) -> None:
        """Read ``$x``, ``${…}``, ``$(…)`` or backquotes; what they hold stays as written."""
        text, start = self.text, self.at
        if text[start] == "`":
            end = text.find("`", start + 1)
            end = len(text) if end < 0 else end
            self.inner.append((start + 1, end))
            self.at = end + 1
        elif text.startswith("$((", start):
            self.at = _closing(text, start + 1, "(", ")")
        elif text.startswith("$(", start):
            self.at = _closing(text, start + 1, "(", ")")
            self.inner.append((start + 2, max(start + 2, self.at - 1)))
        elif text.startswith("${", start):
            self.at = _closing(text, start + 1, "{", "}")
        else:
            self.at = start + 1
        parts.append(text[start : self.at])


_STOPS = {"(": re.compile(r"[()'\"\\]"), "{": re.compile(r"[{}'\"\\]")}


def _closing(text: str, at: int, opens: str, closes: str) -> int:
    """Return the offset after the bracket that closes the one at ``at``; quotes are honoured."""
    depth, quote = 0, ""
    stops = _STOPS[opens]
    while found := stops.search(text, at):
        char, at = found[0], found.end()
        if char == "\\" and quote != "'":
            at += 1
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        else:
            depth += 1 if char == opens else -1 if char == closes else 0
            if not depth:
                return at
    return len(text)


def _command(
    words: list[Word], operator: str, depth: int, writes: str, reads: str
) -> Command | None:
    at, wrapper = 0, ""
    while at < len(words):
        name = words[at].value.rpartition("/")[2]
        bare = words[at].raw in _KEYWORDS and not wrapper
        if name in WRAPPERS:
            wrapper = name
        elif wrapper and words[at].value.startswith("-"):
            option = words[at].value
            at += len(option) == 2 and option[1] in _VALUED.get(wrapper, "")
        elif not bare and not _ASSIGNMENT.match(words[at].raw):
            break
        at += 1
    at = min(at, len(words))
    before = tuple(word for word in words[:at] if word.raw not in _KEYWORDS)
    if at == len(words) and not before:
        return None
    return Command(
        words=tuple(words[at:]),
        before=before,
        operator=operator,
        depth=depth,
        writes=writes,
        reads=reads,
    )
