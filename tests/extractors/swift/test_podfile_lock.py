import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.swift import podfile_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "srv/Podfile.lock"


def test_a_subspec_is_a_part_of_its_pod() -> None:
    """The pod is listed once, and does not need itself."""
    text = "PODS:\n  - A/Core (1.0):\n    - A/Base\n    - B (~> 2)\n  - A/Base (1.0)\n  - B (2.1)\n"
    found = podfile_lock.extract_file(layer_file(PATH, text)).packages

    assert [(p.name, p.version, p.depends) for p in found] == [
        ("A", "1.0", ("B",)),
        ("B", "2.1", ()),
    ]


def test_a_pod_without_a_version_is_said() -> None:
    """It becomes an Unknown."""
    found = podfile_lock.extract_file(layer_file(PATH, "PODS:\n  - A\n"))

    assert (found.packages, len(found.unknowns)) == ((), 1)


@pytest.mark.parametrize("text", ["", "COCOAPODS: 1.0", "- x", "PODS: ["])
def test_what_is_no_lock_file_is_a_format_error(text: str) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        podfile_lock.extract_file(layer_file(PATH, text))


@given(mutated(*samples("podfile_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(podfile_lock, "srv/Podfile.lock", content)
