"""Run all enrichers."""

from pratique.enrichers.enriching import UNITS, enrich_all
from pratique.kit.registry import load
from pratique.model.advisory import CveRecord, Epss, Exploited
from pratique.model.finding import Finding, FindingKind
from tests.makers.lookup import Extras, MemoryLookup

CVE = "CVE-2024-0001"


def test_nothing_is_dropped_and_each_unit_has_run() -> None:
    """Two go in, two come out, in order, with what every unit knows."""
    extras = Extras(
        cves=(CveRecord(id=CVE, title="Title"),),
        exploited={CVE: Exploited(added="2024-01-01")},
        epss={CVE: Epss(probability=0.5)},
    )
    one = Finding(id="x", kind=FindingKind.VULNERABILITY, rule=CVE, names=(CVE,))
    two = Finding(id="y", kind=FindingKind.CONFIG, rule="root-user")
    first, second = enrich_all([one, two], MemoryLookup(extras=extras))
    assert (first.title, first.exploited is not None, first.epss is not None) == (
        "Title",
        True,
        True,
    )
    assert second == two


def test_every_unit_of_the_folder_runs_in_its_order() -> None:
    """The listing of the folder is what runs."""
    assert {unit.NAME for unit in UNITS} == set(load("enrichers"))
    assert [unit.ORDER for unit in UNITS] == sorted(unit.ORDER for unit in UNITS)
