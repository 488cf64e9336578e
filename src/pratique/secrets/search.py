"""
Narrow down where in a text which rules may match.

Laws: rules that look at named files only (``paths``) are sought in those alone, by their
keywords; all others by the engine, which sees every text. Together they return, for every match of a rule that applies to the
file, a range with the match's start in it.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from pratique.model.errors import FormatError
from pratique.secrets import kept_kinds
from pratique.secrets._fallback import Fallback, Region
from pratique.secrets.globs import Globs
from pratique.secrets.rule import Rule, fingerprint_of
from pratique.secrets.rules import all_rules, rules_version

_COMMON = frozenset(("*.json", "*.yaml", "*.yml", "*.xml", "*.py", "*.js", "*.txt", "*.conf"))


class Engine(Protocol):
    """What finds places of many rules in one pass."""

    NAME: str

    def regions(self, text: bytes) -> list[Region]:
        """Return (rule, first, last place a match may begin at), sorted."""


def search_for(rules: Sequence[Rule] | None, cache: Path | None, wanted: str) -> "Search":
    """
    Return the search for some rules.

    Args:
        rules: what to look for; None for all of our own, which come from the cache as they are
            where it has them.
        cache: the folder where the compiled rules are kept.
        wanted: ``hyperscan`` or ``keywords``; empty takes the first that is installed.

    Raises:
        FormatError: a rule is more than the engine can take.
        ImportError: the engine that is wanted is not installed.
    """
    if wanted != Fallback.NAME:
        try:
            return _with_hyperscan(rules, cache)
        except ImportError:
            if wanted:
                raise
    found = all_rules() if rules is None else rules
    return Search(found, Fallback([found[number] for number in _parted(found)[0]]))


class Search:
    """
    All rules, ready to be looked for.

    ``engine`` looks for the general ones among them.
    """

    def __init__(self, rules: Sequence[Rule], engine: Engine) -> None:
        self.rules = rules
        self.engine = engine
        self.general, self._few = _parted(rules)
        self._globs = {n: Globs(rule.kind.paths) for n, rule in enumerate(rules) if rule.kind.paths}
        self._any_few = Globs({glob for number in self._few for glob in rules[number].kind.paths})

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

    def regions(self, path: str, text: bytes) -> list[Region]:
        """Return what ``of(path).regions(text)`` does, sooner where there is nothing: mostly."""
        if self._any_few.match(path):
            return self.of(path).regions(text)
        found = self.engine.regions(text)
        return FileSearch(self, path, ()).of_rules(found) if found else found

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
        found = self._looked_at(self._search.engine.regions(text))
        for number, own in self._own:
            found += ((number, low, high) for _, low, high in own.regions(text))
        return list(joined(found, self._search.rules)) if found else found

    def of_rules(self, regions: Sequence[Region]) -> list[Region]:
        """Return the same of what the engine found, where no rule looks at named files only."""
        found = self._looked_at(regions)
        return list(joined(found, self._search.rules)) if found else found

    def _looked_at(self, regions: Sequence[Region]) -> list[Region]:
        """Return regions by the numbers of all rules, those of rules that look at this file."""
        search = self._search
        found: list[Region] = []
        known: dict[int, bool] = {}
        for at, low, high in regions:
            number = search.general[at]
            if number not in known:
                known[number] = search.looks_at(number, self._path)
            if known[number]:
                found.append((number, low, high))
        return found


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


def _parted(rules: Sequence[Rule]) -> tuple[list[int], list[int]]:
    """Return the numbers of the rules that look at all files, and of those that look at few."""
    few = [number for number, rule in enumerate(rules) if _looks_at_few(rule)]
    special = set(few)
    return [number for number in range(len(rules)) if number not in special], few


def _with_hyperscan(rules: Sequence[Rule] | None, cache: Path | None) -> Search:
    from pratique.secrets._hyperscan import Hyperscan, place_in

    version = rules_version() if rules is None else fingerprint_of(rules)
    place = None if cache is None else place_in(cache, version)
    engine = None if place is None else Hyperscan.kept(place)
    if engine is not None and rules is None and engine.beside:
        with suppress(FormatError):
            return Search(kept_kinds.read(engine.beside), engine)
    found = all_rules() if rules is None else rules
    if engine is None:
        engine = Hyperscan.compiled([found[number] for number in _parted(found)[0]])
        if place is not None:
            engine.keep(place, kept_kinds.written(found) if rules is None else b"")
    return Search(found, engine)
