from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import yarn_berry
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

HEAD = "__metadata:\n  version: 8\n"


def test_an_alias_is_the_package_it_resolves_to() -> None:
    """And what needs it by the alias needs that package."""
    text = (
        HEAD
        + """
"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  dependencies:
    old-ms: "npm:ms@0.7.1"
    resolve: ^1.0.0
  linkType: hard

"old-ms@npm:ms@0.7.1":
  version: 0.7.1
  resolution: "ms@npm:0.7.1"
  linkType: hard

"resolve@npm:^1.0.0":
  version: 1.22.8
  resolution: "resolve@npm:1.22.8"
  linkType: hard
"""
    )
    found = yarn_berry.extract_file(layer_file("srv/yarn.lock", text)).packages

    assert [(p.name, p.version) for p in found] == [
        ("a", "1.0.0"),
        ("ms", "0.7.1"),
        ("resolve", "1.22.8"),
    ]
    assert found[0].depends == ("ms@0.7.1", "resolve@1.22.8")


def test_a_copied_folder_is_unpublished() -> None:
    """No registry has it."""
    text = (
        HEAD
        + '"x@file:../x#x::hash=1":\n  version: 1.0.0\n  resolution: "x@file:../x#x"\n  linkType: hard\n'
    )

    assert [
        p.unpublished for p in yarn_berry.extract_file(layer_file("yarn.lock", text)).packages
    ] == [True]


def test_the_older_format_is_left_to_its_own_unit() -> None:
    """Each file is read once."""
    classic = layer_file("srv/yarn.lock", '# yarn lockfile v1\n\na@1:\n  version "1.0.0"\n')

    assert yarn_berry.extract_file(classic).packages == ()


@given(mutated(*samples("yarn_berry")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(yarn_berry, "srv/yarn.lock", content)
