"""List what cpanm installed."""

from hypothesis import given, settings

from pratique.extractors.perl import perl_meta
from tests.makers.tree import MemoryTree
from tests.makers.unit_fuzz import damaged_files, survives

FOLDER = "srv/lib/.meta/A-B-1.0"
INSTALL = b'{"dist": "A-B-1.0", "pathname": "X/XY/XYZ/A-B-1.0.tar.gz", "provides": {"A::B": {}}}'
META = b"""{"name": "A-B", "version": "1.0", "license": ["perl_5"],
"prereqs": {"runtime": {"requires": {"C": "0", "perl": "5.008"}}}}"""


def test_both_files_make_one_package() -> None:
    """Author and licence; a need is told as the distribution that provides the module."""
    tree = MemoryTree(
        {
            f"{FOLDER}/install.json": INSTALL,
            f"{FOLDER}/MYMETA.json": META,
            "srv/lib/.meta/C-D-v2.0.1/install.json": b'{"dist": "C-D-v2.0.1", "provides": {"C": {}}}',
        }
    )

    first, second = perl_meta.extract(tree).packages

    assert (first.name, first.version, first.licences) == ("A-B", "1.0", ("perl_5",))
    assert (first.purl, first.depends) == ("pkg:cpan/XYZ/A-B@1.0", ("C-D",))
    assert first.location == f"{FOLDER}/install.json"
    assert first.layer is not None
    assert second.version == "v2.0.1"


def test_a_damaged_file_costs_its_distribution() -> None:
    """The others stand, and it is told."""
    found = perl_meta.extract(
        MemoryTree({f"{FOLDER}/install.json": b"{", "l/.meta/B-1/MYMETA.json": META})
    )

    assert [one.name for one in found.packages] == ["B"]
    assert [one.location for one in found.unknowns] == [FOLDER]


@settings(max_examples=40)
@given(damaged_files("perl_meta"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(perl_meta, files)
