from msgspec.structs import replace

from pratique.reports._facts import distro_facts, package_facts
from tests.makers import report as made


def test_unknown_places_are_not_written():
    """A layer whose index the source did not say has no index, not minus one."""
    package = made.PACKAGES[0]
    assert package.layer is not None
    unplaced = replace(package, layer=replace(package.layer, index=-1))
    assert package_facts(package)["layer:index"] == "0"
    assert package_facts(unplaced)["layer:index"] == ""
    assert package_facts(replace(package, layer=None))["layer:diff_id"] == ""


def test_distribution_facts_hold_all_of_os_release_that_matters():
    """What matching needs of a distribution is among its facts."""
    facts = distro_facts(made.DISTRO)
    assert facts["distro:id"] == "debian"
    assert facts["distro:version"] == "12"
    assert facts["distro:codename"] == "bookworm"
