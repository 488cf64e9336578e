from msgspec.structs import replace

from pratique.model.distro import Distro
from pratique.reports._trivy_types import family, language_type, licence_category
from tests.makers import report as made


def test_families_are_the_importers_words():
    """A distribution that Trivy calls otherwise is renamed; the others keep their id."""
    assert [family(Distro(id=name)) for name in ("ol", "amzn", "alpine")] == ["oracle", "amazon", "alpine"]  # fmt: skip


def test_a_lockfile_decides_what_is_only_declared():
    """A package of a lockfile is of the lockfile's kind, an installed one of its language's."""
    declared = next(one for one in made.LANGUAGES if one.declared)
    assert language_type(declared) == "npm"
    assert language_type(replace(declared, declared=False)) == "node-pkg"
    assert language_type(replace(declared, location="x/unheard.of")) == "node-pkg"


def test_licences_have_a_category_or_none():
    """A rule that names no class is unknown, not harmless."""
    assert licence_category("strong-copyleft-licence-in-app") == "restricted"
    assert licence_category("restricted-licence") == "unknown"
