"""List what conda installed."""

import pytest
from hypothesis import given, settings

from pratique.extractors.conda import conda_meta
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

RECORD = """{"name": "a", "version": "1", "build": "0", "channel": "https://x/pkgs/main/linux-64",
"subdir": "linux-64", "license": "MIT", "depends": ["b >=1", "__glibc"], "fn": "a-1-0.conda",
"files": ["bin/a", "/etc/x", "../x"], "paths_data": %s}"""


def test_the_files_of_a_package_are_its_own() -> None:
    """Relative to the environment; with the digest of what stands there."""
    paths = """{"paths": [{"_path": "bin/a", "sha256": "00", "sha256_in_prefix": "11"},
    {"_path": "lib/a", "sha256": "22"}, {"_path": "../../etc/passwd"}]}"""

    found = conda_meta.extract_file(layer_file("opt/c/conda-meta/a-1-0.json", RECORD % paths))

    (package,) = found.packages
    assert package.purl == "pkg:conda/a@1?build=0&channel=main&subdir=linux-64&type=conda"
    assert (package.licences, package.depends) == (("MIT",), ("b",))
    assert [(one.path, one.digest) for one in found.owned[package.key]] == [
        ("opt/c/bin/a", "sha256:11"),
        ("opt/c/lib/a", "sha256:22"),
    ]


def test_an_old_record_has_the_names_alone() -> None:
    """Before conda 4.4 there were no digests."""
    found = conda_meta.extract_file(layer_file("opt/c/conda-meta/a-1-0.json", RECORD % "null"))

    (owned,) = found.owned.values()
    assert [(one.path, one.digest) for one in owned] == [("opt/c/bin/a", "")]


def test_a_record_without_a_name_is_refused() -> None:
    """Files of pixi in that folder are passed over."""
    with pytest.raises(FormatError, match="no name and version"):
        conda_meta.extract_file(layer_file("c/conda-meta/x-1-0.json", "{}"))
    assert conda_meta.extract_file(layer_file("c/conda-meta/pixi.json", "{}")).packages == ()


@settings(max_examples=40)
@given(damaged_files("conda_meta"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(conda_meta, files)
