"""Say which flaw a record is about."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.matchers._flaws import Names, flaws_of
from tests.makers.lookup import advisory


def test_an_erratum_fans_out_and_joins_nothing() -> None:
    """Each CVE of an erratum is a flaw; they never become names of one another."""
    flaws = flaws_of(advisory("RHSA-2024:1", upstream=("CVE-2024-0001", "CVE-2024-0002")))
    assert flaws.keys == ("CVE-2024-0001", "CVE-2024-0002")
    assert flaws.names == ()
    names = Names()
    names.join(flaws)
    assert names.best("CVE-2024-0001") != names.best("CVE-2024-0002")


def test_a_cve_is_about_itself_alone() -> None:
    """OSV merges aliases of aliases: CVE-2024-43788 of webpack "is" CVE-2024-45812 of Vite there."""
    aliases = ("CVE-2024-45812", "GHSA-4vvj-4cpr-p986", "GHSA-64vr-g452-qvp3")
    flaws = flaws_of(advisory("CVE-2024-43788", aliases=aliases))
    assert (flaws.keys, flaws.names) == (("CVE-2024-43788",), ("CVE-2024-43788",))
    alone = flaws_of(advisory("CVE-2024-43788", aliases=aliases[1:2]))
    assert alone.names == ("CVE-2024-43788", "GHSA-4vvj-4cpr-p986")


def test_related_counts_only_for_old_errata() -> None:
    """DSA and RLSA once put the CVE into "related"; a CVE record's relatives are other flaws."""
    assert flaws_of(advisory("DSA-1-1", related=("CVE-2020-0001",))).keys == ("CVE-2020-0001",)
    assert flaws_of(advisory("GHSA-a-b-c", related=("CVE-2020-0001",))).keys == ("GHSA-a-b-c",)
    both = advisory("ALSA-1", upstream=("CVE-2020-0002",), related=("CVE-2020-0001",))
    assert flaws_of(both).keys == ("CVE-2020-0002",)


def test_a_record_without_a_cve_keeps_its_own_id() -> None:
    """TEMP names, GHSA without CVE, an erratum that names nothing."""
    for name in ("TEMP-0000000-ABCDEF", "GHSA-aaaa-bbbb-cccc", "DSA-9-1", "XSA-207"):
        assert flaws_of(advisory(name)).keys == (name,)


def test_a_bug_fix_without_a_cve_is_no_flaw() -> None:
    """Enhancements and bug fixes that name no CVE make no finding; with one they do."""
    for name in ("ALBA-2019:0973", "ALEA-2020:1", "RHBA-1", "SUSE-FU-2021:2130-1", "openSUSE-RU-1"):
        assert flaws_of(advisory(name)).keys == ()
    assert flaws_of(advisory("RHBA-1", upstream=("CVE-2020-0001",))).keys == ("CVE-2020-0001",)
    assert flaws_of(advisory("SUSE-SU-2021:1")).keys == ("SUSE-SU-2021:1",)


def test_aliases_join_transitively_under_the_best_name() -> None:
    """PYSEC → GHSA → CVE is one flaw, called by its CVE."""
    names = Names()
    names.join(flaws_of(advisory("PYSEC-1", aliases=("GHSA-x",))))
    names.join(flaws_of(advisory("GHSA-x", aliases=("CVE-2020-0001",))))
    assert names.best("PYSEC-1") == "CVE-2020-0001"
    names.join(flaws_of(advisory("OTHER-1", aliases=("GHSA-y",))))
    assert names.best("OTHER-1") == "GHSA-y"


@given(
    records=st.lists(
        st.tuples(
            st.sampled_from(["A-1", "B-1", "GHSA-1", "CVE-2020-0001", "CVE-2020-0002"]),
            st.lists(
                st.sampled_from(["A-1", "GHSA-1", "CVE-2020-0001", "CVE-2020-0002"]), max_size=2
            ),
        ),
        max_size=6,
    )
)
def test_two_cves_are_never_joined(records: list[tuple[str, list[str]]]) -> None:
    """Whatever aliases say, two CVEs stay two, and the best name is a fixed point."""
    names = Names()
    for name, aliases in records:
        names.join(flaws_of(advisory(name, aliases=tuple(aliases))))
    assert names.best("CVE-2020-0001") == "CVE-2020-0001"
    assert names.best("CVE-2020-0002") == "CVE-2020-0002"
    for name, _ in records:
        assert names.best(names.best(name)) == names.best(name)
