"""Look up what a release names, best feed first."""

from pratique.formats.distro_ecosystem import release_of
from pratique.matchers._queries import claims_for, names_of, queries_of
from pratique.matchers._ranges import Standing
from pratique.model.advisory import Range
from pratique.model.distro import Distro
from tests.makers.lookup import UBUNTU, MemoryLookup, advisory, statement


def test_each_ecosystem_of_a_release_is_asked_for() -> None:
    """The paid one last, with its offer; a rebuild's note on each."""
    queries = list(queries_of(release_of(UBUNTU), "zlib", "1"))
    assert [query.ecosystem for query in queries] == ["Ubuntu:22.04:LTS", "Ubuntu:Pro:22.04:LTS"]
    assert names_of(release_of(UBUNTU)) == tuple(query.ecosystem for query in queries)
    assert [query.offer for query in queries] == ["", "Ubuntu Pro"]
    centos = release_of(Distro(id="centos", version="7"))
    assert all("Red Hat" in query.note for query in queries_of(centos, "zlib", "1"))


def test_osv_comes_after_every_native_feed() -> None:
    """Even where OSV was met first, in another ecosystem."""
    lookup = MemoryLookup(
        [
            advisory("A-1", statement("Ubuntu:22.04:LTS", "zlib", Range()), feed="osv"),
            advisory(
                "B-1", statement("Ubuntu:Pro:22.04:LTS", "zlib", Range(fixed="1")), feed="tracker"
            ),
        ]
    )
    claims = claims_for(queries_of(release_of(UBUNTU), "zlib", "1"), lookup)
    assert [claim.candidate.advisory.feed for claim in claims] == ["tracker", "osv"]
    assert [claim.verdict.standing for claim in claims] == [Standing.FIXED, Standing.AFFECTED]


def test_records_about_no_flaw_are_left_out() -> None:
    """A bug-fix erratum that names no CVE."""
    lookup = MemoryLookup([advisory("RHBA-1", statement("Ubuntu:22.04:LTS", "zlib", Range()))])
    assert claims_for(queries_of(release_of(UBUNTU), "zlib", "1"), lookup) == []
