"""
Read OVAL definitions of rpm distributions (Azure Linux, CBL-Mariner, Oracle Linux).

A definition is a flaw or an erratum; its criteria name tests; a test names an object (a package)
and a state (a bound on its version). Definitions come before what they refer to, so the file is
read twice: first tests, objects and states, then the definitions. Laws: ``less than v`` is fixed at
v; ``less than or equal v`` has no fix, v being the last that is affected; ``greater than`` and
``greater than or equal`` say where it began (the exclusive form is read inclusively, one version
too early). A definition that is "Not Applicable" says its package was never affected.

Quirk: Microsoft writes some versions with a space after the epoch (``0: 1.20.10-1.azl3``).
Bounds: the tables hold a name or a version per test, object and state.
Source: OVAL 5.11 language (oval-definitions-schema, linux-definitions-schema rpminfo).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from sys import intern
from typing import IO

from msgspec import Struct

from pratique.formats.feeds.feed_text import MAX_TITLE, cut, cves_in, is_cve, links, unique
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.formats.feeds.xml_records import Element, records
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError

_TABLES = ("rpminfo_test", "rpminfo_object", "rpminfo_state")
_MOST_ROWS = 3_000_000


class Bound(Struct, frozen=True, gc=False):
    """One test: the package's version stands in ``operation`` to ``version``."""

    package: str
    operation: str
    version: str


class Tables(Struct):
    """What definitions refer to, by id."""

    tests: dict[str, tuple[str, str]] = {}
    objects: dict[str, str] = {}
    states: dict[str, tuple[str, str]] = {}

    def bound(self, test: str) -> Bound | None:
        """Return what a test compares; None where it compares no version (signatures, arch)."""
        if test not in self.tests:
            return None
        about, state = self.tests[test]
        if about not in self.objects or state not in self.states:
            return None
        return Bound(self.objects[about], *self.states[state])


class Origin(Struct, frozen=True, kw_only=True):
    """Whose definitions they are, and how a definition id becomes an advisory id."""

    feed: str
    source: str
    ecosystem: str


def tables(stream: IO[bytes]) -> Tables:
    """
    Return tests, objects and states of a file (first reading).

    Raises:
        FormatError: not OVAL, or more rows than any publisher has.
    """
    found = Tables()
    for count, row in enumerate(records(stream, _TABLES)):
        if count > _MOST_ROWS:
            raise FormatError("more OVAL tests than any publisher has")
        name = row.attributes.get("id", "")
        if row.tag == "rpminfo_test":
            about = row.attribute_of("object", "object_ref")
            found.tests[name] = (about, row.attribute_of("state", "state_ref"))
        elif row.tag == "rpminfo_object":
            found.objects[name] = intern(row.text_of("name"))
        elif evr := row.child("evr"):
            operation = intern(evr.attributes.get("operation", "equals"))
            found.states[name] = (operation, "".join(evr.text.split()).removeprefix("0:"))
    return found


def advisories(stream: IO[bytes], known: Tables, origin: Origin) -> Iterator[Advisory]:
    """
    Yield one advisory per definition (second reading).

    Raises:
        FormatError: not OVAL.
    """
    for definition in records(stream, ("definition",)):
        name, metadata = definition.attributes.get("id", ""), definition.child("metadata")
        if not name or metadata is None:
            raise FormatError("an OVAL definition without id or metadata")
        yield _advisory(definition, metadata, known, origin)


def _advisory(definition: Element, metadata: Element, known: Tables, origin: Origin) -> Advisory:
    word = metadata.text_of("severity")
    references = [entry.attributes for entry in metadata.each("reference")]
    flaws = unique(entry.get("ref_id", "") for entry in references)
    never = metadata.text_of("patchable").lower() == "not applicable"
    return Advisory(
        id=AdvisoryId(definition.attributes["id"][:MAX_TITLE]),
        feed=origin.feed,
        affected=tuple(_statements(definition, known, origin.ecosystem, never)),
        upstream=tuple(filter(is_cve, flaws)) or cves_in(metadata.text_of("title")),
        title=cut(metadata.text_of("title"), MAX_TITLE),
        description=cut(metadata.text_of("description")),
        severity=severity_of_word(word),
        scores=(vendor_score(origin.source, word[:MAX_TITLE]),) if word else (),
        references=links(entry.get("ref_url", "") for entry in references),
        published=iso_date(metadata.text_of("advisory_date")),
    )


def _statements(
    definition: Element, known: Tables, ecosystem: str, never: bool
) -> Iterator[Affected]:
    """Yield one statement per package that the criteria bound."""
    bounds: dict[str, list[Bound]] = defaultdict(list)
    for criterion in definition.descendants("criterion"):
        bound = known.bound(criterion.attributes.get("test_ref", ""))
        if bound and bound.operation in _EFFECTS:
            bounds[bound.package].append(bound)
    for package, said in bounds.items():
        interval = _interval(said)
        fixed = FixState.FIXED if interval.fixed else FixState.NOT_FIXED
        yield Affected(
            ecosystem=ecosystem,
            name=package,
            ranges=() if never else (interval,),
            state=FixState.NOT_AFFECTED if never else fixed,
            note="not applicable" if never else "",
        )


_EFFECTS: dict[str, Callable[[str], dict[str, str]]] = {
    "less than": lambda version: {"fixed": version},
    "less than or equal": lambda version: {"last_affected": version},
    "greater than": lambda version: {"introduced": version},
    "greater than or equal": lambda version: {"introduced": version},
}


def _interval(said: list[Bound]) -> Range:
    ends: dict[str, str] = {}
    for bound in said:
        ends |= _EFFECTS[bound.operation](bound.version)
    if "fixed" in ends:
        ends.pop("last_affected", None)
    return Range(**ends)
