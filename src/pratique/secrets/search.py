"""
Narrow down where in a text which rules may match.

Laws: rules that look at named files only (``paths``) are sought in those alone, by their
keywords; all others by the engine, which sees every text. Together they return, for every match of a rule that applies to the
file, a range with the match's start in it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from pratique.secrets._fallback import Fallback, Region
from pratique.secrets.globs import Globs
from pratique.secrets.rule import Rule

_COMMON = frozenset(("*.json", "*.yaml", "*.yml", "*.xml", "*.py", "*.js", "*.txt", "*.conf"))


class Engine(Protocol):
    """What finds places of many rules in one pass."""

    NAME: str

    def regions(self, text: bytes) -> list[Region]:
        """Return (rule, first, last place a match may begin at), sorted."""


class Search:
    """
    All rules, ready to be looked for.

    Args:
        rules: what to look for.
        cache: the folder where the compiled rules are kept.
        wanted: ``hyperscan`` or ``keywords``; empty takes the first that is installed.

    Raises:
        FormatError: a rule is more than the engine can take.
        ImportError: the engine that is wanted is not installed.
    """

    def __init__(self, rules: Sequence[Rule], cache: Path | None, wanted: str) -> None:
        few = [number for number, rule in enumerate(rules) if _looks_at_few(rule)]
        self.general = [number for number in range(len(rules)) if number not in set(few)]
        self.engine = _engine([rules[number] for number in self.general], cache, wanted)
        self._globs = {n: Globs(rule.kind.paths) for n, rule in enumerate(rules) if rule.kind.paths}
        self.rules = rules
        self._few = few
        self._any_few = Globs({glob for number in few for glob in rules[number].kind.paths})

    def of(self, path: str) -> "FileSearch":
        """Return the search in one file."""
        own = []
        if self._any_few.match(path):
            own = [
                (number, Fallback((self.rules[number],)))
                for number in self._few
                if self._globs[number].match(path)
            ]
        return FileSearch(self, path, own)

    def looks_at(self, number: int, path: str) -> bool:
        """Return whether a rule looks at a file."""
        globs = self._globs.get(number)
        return globs is None or globs.match(path)


class FileSearch:
    """The search in one file, window by window."""

    def __init__(self, search: Search, path: str, own: Sequence[tuple[int, Fallback]]) -> None:
        self._search = search
        self._path = path
        self._own = own

    def regions(self, text: bytes) -> list[Region]:
        """Return (rule, first, last place a match may begin at), each rule's sorted."""
        search = self._search
        found: list[Region] = []
        known: dict[int, bool] = {}
        for at, low, high in search.engine.regions(text):
            number = search.general[at]
            if number not in known:
                known[number] = search.looks_at(number, self._path)
            if known[number]:
                found.append((number, low, high))
        for number, own in self._own:
            found += ((number, low, high) for _, low, high in own.regions(text))
        return list(joined(found, search.rules)) if found else found


def joined(regions: Sequence[Region], rules: Sequence[Rule]) -> Iterator[Region]:
    """
    Yield the regions of each rule, those as one that are no further apart than a match is long.

    The expression is tried at what lies behind a region in any case, as far as a match that begins
    in it may reach. Done once for all of them it costs the text's length; done for each, keywords
    that stand close to each other would cost the square of their number.
    """
    last: Region | None = None
    for region in regions:
        if last is None:
            last = region
        elif region[0] == last[0] and last[1] <= region[1] <= last[2] + rules[last[0]].shape.width:
            last = last[0], last[1], max(last[2], region[2])
        else:
            yield last
            last = region
    if last is not None:
        yield last


def _looks_at_few(rule: Rule) -> bool:
    """Return whether a rule looks at files of some names only, not at all of a common format."""
    return bool(rule.kind.paths) and not _COMMON.intersection(rule.kind.paths)


def _engine(rules: Sequence[Rule], cache: Path | None, wanted: str) -> Engine:
    if wanted != Fallback.NAME:
        from pratique.secrets._hyperscan import Hyperscan

        try:
            return Hyperscan(rules, cache)
        except ImportError:
            if wanted:
                raise
    return Fallback(rules)
