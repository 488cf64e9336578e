"""Prove whose word counts for one flaw in one package."""

from pratique.matchers.dpkg import match
from pratique.matchers.interface import Matched
from pratique.model.advisory import Advisory, FixState, Range
from pratique.model.finding import Fix
from pratique.model.package import PackageType
from tests.makers.lookup import DEBIAN, UBUNTU, MemoryLookup, advisory, package, statement

CVE = "CVE-2024-0001"
PACKAGE = package(PackageType.DEB, "zlib", "1.2-3")
FIXED = (Range(fixed="1.2-4"),)
OPEN = (Range(),)


def said(feed: str, *ranges: Range, name: str = CVE, **more: object) -> Advisory:
    """Return a record of one statement on zlib in Debian 12."""
    state = more.pop("state", FixState.UNKNOWN)
    about = statement("Debian:12", "zlib", *ranges, state=state)  # type: ignore[arg-type]
    return advisory(name, about, feed=feed, **more)


def judged(*records: Advisory) -> Matched:
    """Return what is found in zlib 1.2-3."""
    return match(PACKAGE, DEBIAN, MemoryLookup(records))


def test_the_native_feeds_fix_wins() -> None:
    """OSV says "no fix", the tracker says 1.2-4: one finding, its fix, both feeds' evidence."""
    (finding,) = judged(
        said("osv", *OPEN, name=f"DEBIAN-{CVE}", upstream=(CVE,)), said("tracker", *FIXED)
    ).findings
    assert finding.fix == Fix(state=FixState.FIXED, version="1.2-4")
    assert [one.feed for one in finding.evidence] == ["tracker", "osv"]
    assert finding.names == (CVE, f"DEBIAN-{CVE}")


def test_the_native_feeds_silence_leaves_it_to_osv() -> None:
    """What the native feed does not speak of is OSV's to say."""
    other = said("tracker", *FIXED, name="CVE-2024-0002")
    rules = [finding.rule for finding in judged(said("osv", *OPEN), other).findings]
    assert rules == [CVE, "CVE-2024-0002"]


def test_the_native_feeds_not_affected_silences_osv() -> None:
    """A tracker's "not affected" drops what a lower feed claims."""
    never = said("tracker", state=FixState.NOT_AFFECTED)
    assert judged(never, said("osv", *OPEN)) == Matched()


def test_osvs_not_affected_does_not_silence_the_native_feed() -> None:
    """Precedence works downwards only."""
    never = said("osv", state=FixState.NOT_AFFECTED)
    assert len(judged(never, said("tracker", *OPEN)).findings) == 1


def test_the_native_feeds_fixed_silences_osv() -> None:
    """The tracker says that 1.2-3 has the fix."""
    assert judged(said("tracker", Range(fixed="1.2-3")), said("osv", *OPEN)) == Matched()


def test_what_the_native_feed_cannot_compare_is_left_to_the_next() -> None:
    """A damaged statement decides nothing where another feed can."""
    broken = said("tracker", Range(fixed="not a version"))
    assert len(judged(broken, said("osv", *OPEN)).findings) == 1
    alone = judged(broken)
    assert not alone.findings
    assert "cannot be compared" in alone.unknowns[0].reason


def test_a_record_of_the_flaw_beats_an_erratum() -> None:
    """A DSA for two flaws names one version; the flaw's own record knows the earlier fix."""
    dsa = said("osv", Range(fixed="1.2-9"), name="DSA-1-1", upstream=(CVE, "CVE-2024-0002"))
    found = judged(dsa, said("osv", Range(fixed="1.2-3")))
    assert [finding.rule for finding in found.findings] == ["CVE-2024-0002"]


def test_of_two_errata_the_later_fix_counts() -> None:
    """A second erratum for one flaw means that the first fix was not enough."""
    first = said("osv", Range(fixed="1.2-2"), name="DSA-1-1", upstream=(CVE,))
    second = said("osv", Range(fixed="1.2-10"), name="DSA-2-1", upstream=(CVE,))
    third = said("osv", Range(fixed="1.2-9"), name="DSA-3-1", upstream=(CVE,))
    (finding,) = judged(first, second, third).findings
    assert finding.fix.version == "1.2-10"
    assert [one.advisory for one in finding.evidence] == ["DSA-2-1", "DSA-3-1"]


def test_the_publishers_word_on_a_missing_fix_is_kept() -> None:
    """Will not fix, deferred, end of life, under investigation; unknown means not fixed."""
    for state in (
        FixState.WILL_NOT_FIX,
        FixState.DEFERRED,
        FixState.END_OF_LIFE,
        FixState.UNDER_INVESTIGATION,
        FixState.NOT_FIXED,
    ):
        (finding,) = judged(said("tracker", *OPEN, state=state)).findings
        assert finding.fix == Fix(state=state)
    (finding,) = judged(said("tracker", *OPEN)).findings
    assert finding.fix == Fix(state=FixState.NOT_FIXED)


def ubuntu(version: str, *statements: tuple[str, Range]) -> Matched:
    """Return what is found in zlib of Ubuntu 22.04."""
    about = [statement(ecosystem, "zlib", interval) for ecosystem, interval in statements]
    lookup = MemoryLookup([advisory(CVE, *about, feed="tracker")])
    return match(package(PackageType.DEB, "zlib", version), UBUNTU, lookup)


LTS, PRO = "Ubuntu:22.04:LTS", "Ubuntu:Pro:22.04:LTS"
PAID = Fix(state=FixState.FIXED, version="1-1+esm1", offer="Ubuntu Pro")


def test_a_fix_that_needs_a_subscription_is_shown_as_such() -> None:
    """The release has no fix; Pro's is the fix, names the offer, and is noted in the evidence."""
    (finding,) = ubuntu("1-1", (LTS, Range()), (PRO, Range(fixed="1-1+esm1"))).findings
    assert finding.fix == PAID
    notes = {one.ecosystem: (one.event, one.note) for one in finding.evidence}
    assert notes[PRO] == ("introduced 0, fixed 1-1+esm1", "the fix is part of Ubuntu Pro")


def test_a_fix_that_neither_has_is_the_releases_word() -> None:
    """Without a fix anywhere the state is the release's, and the evidence says so of the offer."""
    ended = statement(LTS, "zlib", Range(), state=FixState.END_OF_LIFE)
    open_end = statement(PRO, "zlib", Range(), state=FixState.UNDER_INVESTIGATION)
    lookup = MemoryLookup([advisory(CVE, ended, open_end, feed="tracker")])
    (finding,) = match(package(PackageType.DEB, "zlib", "1-1"), UBUNTU, lookup).findings
    assert finding.fix == Fix(state=FixState.END_OF_LIFE)
    assert [one.note for one in finding.evidence] == ["", "Ubuntu Pro has no fix either"]


def test_a_fix_for_everybody_is_not_called_paid() -> None:
    """The release's own fix is the fix, though the offer has one as well."""
    (finding,) = ubuntu("1-1", (LTS, Range(fixed="1-2")), (PRO, Range(fixed="1-3+esm1"))).findings
    assert finding.fix == Fix(state=FixState.FIXED, version="1-2")


def test_the_flaws_own_record_names_the_fix() -> None:
    """An advisory for several flaws has a higher version; the flaw's record says which is enough."""
    dsa = said("osv", Range(fixed="1.2-9"), name="DSA-1-1", upstream=(CVE, "CVE-2024-0002"))
    own, other = judged(dsa, said("osv", *FIXED)).findings
    assert (own.rule, own.fix.version) == (CVE, "1.2-4")
    assert other.fix.version == "1.2-9"
    assert [one.advisory for one in own.evidence] == [CVE, "DSA-1-1"]


def test_a_package_that_carries_the_paid_fix_is_clean() -> None:
    """1-1+esm1 has the fix, though the release itself has none."""
    assert ubuntu("1-1+esm1", (LTS, Range()), (PRO, Range(fixed="1-1+esm1"))) == Matched()


def test_paid_data_never_worsen_a_package() -> None:
    """The release says fixed; Pro's own, higher version changes nothing."""
    assert ubuntu("1-2", (LTS, Range(fixed="1-2")), (PRO, Range(fixed="1-3+esm1"))) == Matched()


def test_paid_data_speak_where_the_release_is_silent() -> None:
    """A release past its end has fixes in Pro only."""
    (finding,) = ubuntu("1-1", (PRO, Range(fixed="1-1+esm1"))).findings
    assert finding.fix == PAID
    assert finding.evidence[0].note == "the fix is part of Ubuntu Pro"


def test_paid_data_speak_where_the_releases_word_cannot_be_compared() -> None:
    """The bare word "released" decides nothing; the fix of the offer does, or it stays unknown."""
    vague = statement(LTS, "zlib", state=FixState.FIXED)
    paid = statement(PRO, "zlib", Range(fixed="1-1+esm1"))
    lookup = MemoryLookup([advisory(CVE, vague, paid, feed="tracker")])
    (finding,) = match(package(PackageType.DEB, "zlib", "1-1"), UBUNTU, lookup).findings
    assert finding.fix == PAID
    matched = match(package(PackageType.DEB, "zlib", "1-1+esm1"), UBUNTU, lookup)
    assert (matched.findings, len(matched.unknowns)) == ((), 1)


def test_of_the_offers_words_the_best_feeds_count() -> None:
    """OSV's older fix does not clear what the tracker says Pro has yet to fix."""
    open_end = [statement(name, "zlib", Range()) for name in (LTS, PRO)]
    early = statement(PRO, "zlib", Range(fixed="1-1+esm1"))
    records = [advisory(CVE, *open_end, feed="tracker"), advisory(CVE, early, feed="osv")]
    found = package(PackageType.DEB, "zlib", "1-1+esm1")
    assert len(match(found, UBUNTU, MemoryLookup(records)).findings) == 1


def test_one_of_two_paid_fixes_does_not_clear() -> None:
    """A second erratum of the offer means that the first fix was not enough."""
    first = advisory("USN-1-1", statement(PRO, "zlib", Range(fixed="1-1+esm1")), upstream=(CVE,))
    second = advisory("USN-2-1", statement(PRO, "zlib", Range(fixed="1-1+esm2")), upstream=(CVE,))
    base = advisory("USN-0-1", statement(LTS, "zlib", Range()), upstream=(CVE,))
    lookup = MemoryLookup([base, first, second])
    found = package(PackageType.DEB, "zlib", "1-1+esm1")
    (finding,) = match(found, UBUNTU, lookup).findings
    assert finding.fix.version == "1-1+esm2"
    assert match(package(PackageType.DEB, "zlib", "1-1+esm2"), UBUNTU, lookup) == Matched()


def test_what_the_offer_found_not_affected_is_clean() -> None:
    """The release ended before anybody looked; the offer looked, and the code is not there."""
    open_end = statement(LTS, "zlib", Range(), state=FixState.END_OF_LIFE)
    never = statement(PRO, "zlib", state=FixState.NOT_AFFECTED)
    found = package(PackageType.DEB, "zlib", "1-1")
    lookup = MemoryLookup([advisory(CVE, open_end, never, feed="tracker")])
    assert match(found, UBUNTU, lookup) == Matched()
    fixed = statement(LTS, "zlib", Range(fixed="1-2"))
    lookup = MemoryLookup([advisory(CVE, fixed, never, feed="tracker")])
    assert len(match(found, UBUNTU, lookup).findings) == 1


def test_a_fix_for_everybody_needs_no_word_on_the_paid_one() -> None:
    """Only the release's own statement is quoted."""
    (finding,) = ubuntu("1-1", (LTS, Range(fixed="1-2")), (PRO, Range(fixed="1-2"))).findings
    assert [one.ecosystem for one in finding.evidence] == [LTS]


def test_an_offer_without_a_fix_says_so() -> None:
    """Nobody has a fix yet, not even for money."""
    (finding,) = ubuntu("1-1", (LTS, Range()), (PRO, Range())).findings
    assert [one.note for one in finding.evidence] == ["", "Ubuntu Pro has no fix either"]
