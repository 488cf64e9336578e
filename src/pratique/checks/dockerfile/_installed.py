"""
Say what a command that installs packages installs: the words that are neither verb, option nor value.
"""

from collections.abc import Collection, Iterator

from pratique.checks.dockerfile.interface import Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Word
from pratique.formats.dockerfile.variables import expand
from pratique.model.errors import LimitExceeded

APT = ("apt-get", "apt", "aptitude")
APT_VALUED = frozenset({
    "-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file", "-a",
    "--host-architecture", "-P", "--build-profiles",
})  # fmt: skip
"""Options of apt whose next word is their value."""


def verb_word(one: Command, verbs: Collection[str], valued: Collection[str] = ()) -> Word | None:
    """Return the first argument that is no option nor its value, if it is one of the verbs."""
    skip = False
    for word in one.words[1:]:
        if skip:
            skip = False
        elif word.value.startswith("-"):
            skip = word.value in valued
        else:
            return word if word.value in verbs else None
    return None


def packages(one: Command, verb: Word, valued: Collection[str] = ()) -> tuple[Word, ...]:
    """Return the words after the verb that name packages."""
    found: list[Word] = []
    skip = False
    for word in one.words[one.words.index(verb) + 1 :]:
        if skip:
            skip = False
        elif word.value.startswith("-") and word.value != "-":
            skip = word.value in valued
        else:
            found.append(word)
    return tuple(found)


def known(run: Run, words: Collection[Word]) -> Iterator[str]:
    """
    Yield the packages that words stand for: ``$NAME`` as ARG, ENV or the RUN itself say.

    What only the shell knows (a loop's variable, ``$(cat list)``) may hold versions: nobody can say.
    """
    if not any(mark in word.raw for word in words for mark in "$`"):
        yield from (word.value for word in words)
        return
    values = {**run.values, **dict(_assigned(run))}
    for word in words:
        if word.literal or not any(mark in word.raw for mark in "$`"):
            yield word.value
            continue
        if "$(" in word.raw or "`" in word.raw:
            continue
        try:
            meant = expand(word.raw, values)
        except LimitExceeded:
            continue
        if not meant.missing:
            yield from meant.text.split()


def _assigned(run: Run) -> Iterator[tuple[str, str]]:
    """Yield the variables that bare assignments of a RUN set to plain text."""
    for one in run.commands:
        for word in () if one.words else one.before:
            name, _, value = word.value.partition("=")
            if "$" not in value and "`" not in value:
                yield name, value


def apt_installs(scene: Scene, *programs: str) -> Iterator[tuple[Run, Command, Word]]:
    """Yield every command of apt that installs, with the word that says so."""
    for run, one in scene.commands(*(programs or APT)):
        verb = verb_word(one, ("install",), APT_VALUED)
        if verb is not None:
            yield run, one, verb


def few(names: Collection[str]) -> str:
    """
    Return names in a sentence, at most five.

    >>> few(list("abcdefg"))
    'a, b, c, d, e and 2 more'
    """
    listed = list(dict.fromkeys(names))
    more = f" and {len(listed) - 5} more" if len(listed) > 5 else ""
    return ", ".join(listed[:5]) + more
