"""
Look the advisories of all packages up at once, and remember what was found.

Law: a package is decided as if each of its names had been looked up alone. Statements are read for
all names; the advisories behind them are unpacked only for packages that one of the statements may
concern, and for these under all their names, because one name's word may silence another's.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from pratique.formats.versions.order import base_name, check_installed
from pratique.matchers._queries import Query
from pratique.matchers._ranges import Scale, may_decide
from pratique.matchers._thin import thin
from pratique.model.advisory import (
    AdvisoryLookup,
    Affected,
    Candidate,
    CveRecord,
    DataStatus,
    Epss,
    Exploited,
)
from pratique.model.errors import FormatError

_Key = tuple[str, str]


class Lookups:
    """An ``AdvisoryLookup`` that asks another one no question twice."""

    def __init__(self, lookup: AdvisoryLookup) -> None:
        self.whole = lookup
        """Answers also on what no package here is affected by."""
        self._candidates: dict[_Key, tuple[Candidate, ...]] = {}
        self._gaps: dict[tuple[str, ...], tuple[str, str] | None] = {}
        self._thin: dict[tuple[str, ...], tuple[str, str] | None] = {}
        self._releases: dict[str, frozenset[str]] = {}

    def prepare(self, packages: Iterable[Sequence[Query]]) -> list[bool]:
        """
        Look up the queries of many packages, each package's together.

        Returns:
            For each package, whether anything may be said of it.
        """
        asked = [[query for query in queries if self._has(query)] for queries in packages]
        by_key: dict[_Key, list[Query]] = defaultdict(list)
        for queries in asked:
            for query in queries:
                by_key[query.ecosystem, query.name].append(query)
        concerned = self._ask(by_key, lambda key: _Concerns(by_key[key]))
        # What concerns a package under one name is weighed with what is said under the others.
        others = {
            key
            for queries in asked
            if any((query.ecosystem, query.name) in concerned for query in queries)
            for key in ((query.ecosystem, query.name) for query in queries)
        }
        self._ask(others - concerned, lambda _: _everything)
        for key in by_key:
            self._candidates.setdefault(key, ())
        return [any(self._candidates[q.ecosystem, q.name] for q in queries) for queries in asked]

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """Return the statements on a name; ecosystems without data are not asked."""
        key = (ecosystem, name)
        if key not in self._candidates:
            known = ecosystem in self.releases(base_name(ecosystem))
            self._candidates[key] = self.whole.candidates(ecosystem, name) if known else ()
        return self._candidates[key]

    def candidates_of(
        self, ecosystem: str, names: Collection[str], wanted: Callable[[Affected], bool]
    ) -> Mapping[str, tuple[Candidate, ...]]:
        """Ask the lookup."""
        return self.whole.candidates_of(ecosystem, names, wanted)

    def releases(self, base: str) -> frozenset[str]:
        """Return the full names with data."""
        if base not in self._releases:
            self._releases[base] = self.whole.releases(base)
        return self._releases[base]

    def gap(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Return where and why there are no data for any of the names, None when there are."""
        if names not in self._gaps:
            self._gaps[names] = self._find_gap(names)
        return self._gaps[names]

    def thin(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Return where and why the data are too few to speak for a release, None when enough."""
        if names not in self._thin:
            reason = thin(names, self.whole)
            self._thin[names] = (names[0], reason) if reason else None
        return self._thin[names]

    def statements(self, ecosystem: str, most: int) -> int:
        """Ask the lookup."""
        return self.whole.statements(ecosystem, most)

    def status(self, base: str) -> DataStatus:
        """Ask the lookup."""
        return self.whole.status(base)

    def cve(self, cve_id: str) -> CveRecord | None:
        """Ask the lookup."""
        return self.whole.cve(cve_id)

    def exploited(self, cve_id: str) -> Exploited | None:
        """Ask the lookup."""
        return self.whole.exploited(cve_id)

    def epss(self, cve_id: str) -> Epss | None:
        """Ask the lookup."""
        return self.whole.epss(cve_id)

    def end_of_life(self, product: str, cycle: str) -> str | None:
        """Ask the lookup."""
        return self.whole.end_of_life(product, cycle)

    def _has(self, query: Query) -> bool:
        return query.ecosystem in self.releases(base_name(query.ecosystem))

    def _ask(
        self, keys: Iterable[_Key], wanted: Callable[[_Key], Callable[[Affected], bool]]
    ) -> set[_Key]:
        """Look keys up, one question for each ecosystem; return those that are wanted."""
        by_ecosystem: dict[str, list[str]] = defaultdict(list)
        for ecosystem, name in keys:
            by_ecosystem[ecosystem].append(name)
        found: set[_Key] = set()
        for ecosystem, names in by_ecosystem.items():
            tests = {name: wanted((ecosystem, name)) for name in names}
            held = self.whole.candidates_of(
                ecosystem,
                names,
                lambda one, tests=tests: tests[one.name](one),  # type: ignore[misc]
            )
            self._candidates.update(((ecosystem, name), held[name]) for name in held)
            found.update((ecosystem, name) for name in held)
        return found

    def _find_gap(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        if any(name in self.releases(base_name(name)) for name in names):
            return None
        base = base_name(names[0])
        there = self.releases(base)
        if not there:
            return names[0], f"there are no advisory data for {base}"
        return names[0], f"the advisory data for {base} do not cover {names[0]}"


def _everything(affected: Affected) -> bool:
    del affected
    return True


class _Concerns:
    """Test whether a statement may decide anything about one of some versions of a package."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self._queries = queries
        self._scales: list[Scale] | None = None
        self._unreadable = False

    def __call__(self, affected: Affected) -> bool:
        """Return whether it may; any statement may, where a version cannot be read."""
        if self._scales is None:
            self._scales = self._read()
        return self._unreadable or any(may_decide(affected, scale) for scale in self._scales)

    def _read(self) -> list[Scale]:
        # Only now, because most packages have no statement at all.
        ecosystem = self._queries[0].ecosystem
        scales = []
        for version, unknown in {(one.version, one.epoch_unknown) for one in self._queries}:
            try:
                check_installed(ecosystem, version)
                scales.append(Scale(ecosystem, version, unknown))
            except FormatError:
                self._unreadable = True
        return scales
