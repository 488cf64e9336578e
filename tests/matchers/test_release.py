"""Judge a release by the day on which its support ends."""

from datetime import UTC, datetime

import pytest

from pratique.matchers.release import RULE, match_release, product_of
from pratique.model.advisory import FixState
from pratique.model.distro import Distro
from pratique.model.finding import FindingKind
from pratique.model.severity import Severity
from tests.makers.lookup import ALPINE, Extras, MemoryLookup

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def ends(day: str) -> MemoryLookup:
    """Return a lookup in which Alpine 3.20 ends on a day."""
    return MemoryLookup(extras=Extras(ends={("alpine-linux", "3.20"): day}))


@pytest.mark.parametrize(("day", "past"), [("2026-11-20", 1), ("2026-11-21", 0), ("2027-01-01", 0)])
def test_past_is_after_the_last_day(day: str, past: int) -> None:
    """On the last day itself the release is still supported."""
    assert len(match_release(ALPINE, ends(day), NOW).findings) == past


def test_the_finding_says_what_and_since_when() -> None:
    """Kind, rule, severity, evidence; the id does not depend on the day."""
    (finding,) = match_release(ALPINE, ends("2024-01-01"), NOW).findings
    assert (finding.kind, finding.rule, finding.severity) == (
        FindingKind.END_OF_LIFE,
        RULE,
        Severity.HIGH,
    )
    assert finding.fix.state is FixState.END_OF_LIFE
    assert "2024-01-01" in finding.title
    assert finding.evidence[0].event == "end of life 2024-01-01"
    assert finding.id == match_release(ALPINE, ends("2023-01-01"), NOW).findings[0].id


def test_extended_support_makes_it_less_severe() -> None:
    """Debian LTS goes on fixing some packages, and is named."""
    lookup = MemoryLookup(extras=Extras(ends={("debian", "12"): "2026-07-11"}))
    (finding,) = match_release(Distro(id="debian", version="12"), lookup, NOW).findings
    assert finding.severity is Severity.MEDIUM
    assert "Debian LTS" in finding.evidence[0].note


def test_an_unknown_day_is_no_finding() -> None:
    """No date, no distribution, a product nobody lists: nothing; a broken date: an Unknown."""
    assert match_release(ALPINE, MemoryLookup(), NOW).findings == ()
    assert match_release(None, MemoryLookup(), NOW).findings == ()
    assert match_release(Distro(id="x", version="1"), MemoryLookup(), NOW).findings == ()
    assert len(match_release(ALPINE, ends("soon"), NOW).unknowns) == 1


@pytest.mark.parametrize(
    ("distro", "product", "first"),
    [
        (Distro(id="ubuntu", version="22.04"), "ubuntu", "22.04"),
        (Distro(id="debian", version="12"), "debian", "12"),
        (Distro(id="debian", codename="trixie"), "debian", "13"),
        (Distro(id="rhel", version="9.4"), "rhel", "9.4"),
        (Distro(id="sles", version="15.3"), "sles", "15.3"),
        (Distro(id="centos", version="8", name="CentOS Stream 8"), "centos-stream", "8"),
        (Distro(id="centos", version="7"), "centos", "7"),
        (Distro(id="photon", version="5.0"), "photon", "5.0"),
        (Distro(id="amzn", version="2023"), "amazon-linux", "2023"),
    ],
)
def test_products_have_the_names_of_endoflife_date(
    distro: Distro, product: str, first: str
) -> None:
    """The cycle as written, then the major number alone."""
    found, cycles = product_of(distro)
    assert (found, cycles[0]) == (product, first)
    assert cycles[-1] == first.partition(".")[0]


def test_a_nameless_release_is_called_by_its_id() -> None:
    """os-release without PRETTY_NAME, read from nowhere in particular."""
    plain = Distro(id="alpine", version="3.20")
    (finding,) = match_release(plain, ends("2024-01-01"), NOW).findings
    assert finding.title.startswith("alpine 3.20: ")
    assert match_release(plain, ends("soon"), NOW).unknowns[0].location == "alpine"
    placed = Distro(id="alpine", version="3.20", name="Alpine", location="etc/os-release")
    assert match_release(placed, ends("soon"), NOW).unknowns[0].location == "etc/os-release"
    assert match_release(placed, ends("2024-01-01"), NOW).findings[0].title.startswith("Alpine: ")


def test_without_a_version_there_is_no_cycle() -> None:
    """A rolling release has no end; Debian's version wins over its code name."""
    assert product_of(Distro(id="alpine"))[1] == ()
    assert product_of(Distro(id="debian", version="12", codename="trixie"))[1] == ("12",)
    assert product_of(Distro(id="ubuntu", codename="noble"))[1] == ()
