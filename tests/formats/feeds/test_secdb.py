"""Alpine's fixes become statements per release and source package."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.secdb import advisories, fixes, flaws_of
from pratique.model.advisory import Affected, FixState, Range
from pratique.model.errors import FormatError
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.tracker_samples import secdb

SAMPLE = secdb(
    packages={
        "openssl": {"3.1.0-r1": ["CVE-2026-1001"], "0": ["CVE-2026-1002"]},
        "xen": {"4.10-r1": ["CVE-2026-1003 CVE-2026-1004 XSA-9", "XSA-10"]},
    }
)


def statements(*files: bytes) -> dict[str, tuple[Affected, ...]]:
    found = advisories((fix for content in files for fix in fixes(content)), "alpine-secdb")
    return {advisory.id: advisory.affected for advisory in found}


def test_a_fix_is_a_range_below_it() -> None:
    """Affected is every version lower than the key."""
    assert statements(SAMPLE)["CVE-2026-1001"] == (
        Affected(
            ecosystem="Alpine:v3.20",
            name="openssl",
            ranges=(Range(fixed="3.1.0-r1"),),
            state=FixState.FIXED,
            note="repository: main",
        ),
    )


def test_zero_means_never_affected() -> None:
    """The key 0 is a statement, not an absence."""
    (statement,) = statements(SAMPLE)["CVE-2026-1002"]

    assert (statement.state, statement.ranges) == (FixState.NOT_AFFECTED, ())


def test_one_entry_may_name_several_flaws() -> None:
    """Each CVE gets its advisory; the other names are related, so they never merge two CVEs."""
    found = {a.id: a for a in advisories(fixes(SAMPLE), "alpine-secdb")}

    assert set(found) == {f"CVE-2026-100{n}" for n in range(1, 5)} | {"XSA-10"}
    assert found["CVE-2026-1003"].related == ("XSA-9",)
    assert found["CVE-2026-1003"].upstream == ("CVE-2026-1003",)
    assert found["XSA-10"].upstream == ()


@pytest.mark.parametrize(
    ("entry", "flaws"),
    [
        ("CVE-2018-14461 (LDP)", ("CVE-2018-14461",)),
        ("CVE-2017-17434-1", ("CVE-2017-17434",)),
        ("CVE_2019-2426", ("CVE-2019-2426",)),
        ("CVE N/A ZBX-11023", ("ZBX-11023",)),
        ("CVE-????-????? XSA-312", ("XSA-312",)),
        ("CVE-2020-14342 (Not affected, requires CVE)", ("CVE-2020-14342",)),
        ("GHSA-572g-rvwr-6c7f", ("GHSA-572g-rvwr-6c7f",)),
        ("CVE-46838", ("CVE-46838",)),
        (" ", ()),
    ],
)
def test_entries_are_free_text(entry: str, flaws: tuple[str, ...]) -> None:
    """What stands in the real database is understood, and nothing readable is lost."""
    assert flaws_of(entry) == flaws


def test_the_last_fix_counts() -> None:
    """A flaw under two versions of one package is fixed in the higher, by apk's own order."""
    content = secdb(packages={"p": {"1.9-r0": ["CVE-2026-1001"], "1.10-r0": ["CVE-2026-1001"]}})

    assert statements(content)["CVE-2026-1001"][0].ranges == (Range(fixed="1.10-r0"),)


def test_a_named_fix_outweighs_never() -> None:
    """Where a package is listed both ways it was affected."""
    content = secdb(packages={"p": {"0": ["CVE-2026-1001"], "1.1-r0": ["CVE-2026-1001"]}})

    assert statements(content)["CVE-2026-1001"][0].state is FixState.FIXED


def test_releases_and_repositories_stay_apart() -> None:
    """One flaw in several files is one advisory with a statement for each."""
    packages = {"p": {"1-r0": ["CVE-2026-1001"]}}
    files = [secdb("v3.20", "main", packages), secdb("edge", "community", packages)]

    found = statements(*files)["CVE-2026-1001"]

    assert [(s.ecosystem, s.note) for s in found] == [
        ("Alpine:v3.20", "repository: main"),
        ("Alpine:edge", "repository: community"),
    ]


@pytest.mark.parametrize("release", ["3.20", "v3", "", "v3.20\n"])
def test_only_releases_of_alpine(release: str) -> None:
    """A file of something else is refused."""
    with pytest.raises(FormatError):
        list(fixes(secdb(release)))


@given(mutated(SAMPLE))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisories(fixes(c), "x"), content)


def test_all_fixes_of_the_mirror(shared: Path) -> None:
    """41 files hold 85,277 fix ids; each comes out, and agrees with a plain reading of the JSON."""
    files = sorted((shared / "mirror" / "alpine-secdb").glob("*/*.json"))
    found = [fix for file in files for fix in fixes(file.read_bytes())]
    plain = [
        (f"Alpine:{data['distroversion']}", entry["pkg"]["name"], version, name)
        for data in (json.loads(file.read_bytes()) for file in files)
        for entry in data["packages"]
        for version, names in entry["pkg"]["secfixes"].items()
        for name in names
    ]

    assert (len(files), len(found)) == (41, 85_277)
    assert [(fix.ecosystem, fix.package, fix.version, fix.entry) for fix in found] == plain
    assert all(flaws_of(fix.entry) for fix in found)
