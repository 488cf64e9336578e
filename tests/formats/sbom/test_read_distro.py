import pytest

from pratique.formats.sbom._read_distro import distro_from_component, distros_from_purls
from tests.makers import report as made


@pytest.mark.parametrize(
    ("name", "distro_id"),
    [("redhat", "rhel"), ("amazon", "amzn"), ("alma", "almalinux"), ("oracle", "ol"), ("Debian", "debian"),
     ("opensuse.leap", "opensuse-leap"), ("suse linux enterprise server", "sles"), ("cbl-mariner", "mariner")],
)  # fmt: skip
def test_families_of_trivy_are_ids_of_os_release(name: str, distro_id: str):
    """Matching goes by os-release's ID."""
    found = distro_from_component(name, "1", "", {})
    assert found is not None
    assert found.id == distro_id


def test_a_component_without_a_name_is_no_distribution():
    """Nothing is made of an empty name."""
    assert distro_from_component(" ", "1", "", {}) is None


def test_purls_that_agree_name_one_distribution():
    """The qualifier of operating-system packages tells; other packages have no say."""
    assert [one.version for one in distros_from_purls(made.PACKAGES)] == ["12"]
