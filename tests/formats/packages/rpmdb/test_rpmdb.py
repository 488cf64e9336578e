"""The three forms together: recognised by magic, equal to what rpm printed for real databases."""

import csv
from pathlib import Path

import pytest

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb import blobs
from pratique.formats.packages.rpmdb.header import Header
from pratique.model.errors import FormatError
from tests.makers import rpmdb as make

DATABASES = [
    "centos7-rebuilt", "epoch", "libuuid", "mariner2", "rocky9-rebuilt", "rpm-test", "sle15-bci",
    "syft-small",
]  # fmt: skip


@pytest.mark.parametrize("name", DATABASES)
def test_published_databases_equal_their_lists(shared: Path, name: str) -> None:
    """Name, version, source and arch of every entry as rpm prints them, keys included."""
    place = shared / "fixtures/rpmdb" / name
    (file,) = (path for path in place.iterdir() if path.name != "expected.tsv")
    with (place / "expected.tsv").open() as listed:
        expected = sorted(list(csv.reader(listed, delimiter="\t"))[1:])
    found = []
    for blob in blobs(file.read_bytes()):
        assert not isinstance(blob, Damaged)
        record = Header(blob).record()
        found.append([record.name, record.evr, record.source_rpm, record.arch])

    assert sorted([[value or "(none)" for value in row] for row in found]) == expected


def test_the_form_is_recognised_by_its_magic(tmp_path: Path) -> None:
    """The same packages in each form."""
    packages = [make.package("a"), make.package("b", "2")]

    for content in (make.berkeley(packages), make.ndb(packages), make.sqlite(packages, tmp_path)):
        assert sorted(item for item in blobs(content) if isinstance(item, bytes)) == sorted(
            packages
        )


@pytest.mark.parametrize("content", [b"", b"\x7fELF", bytes(4096)])
def test_another_file_is_refused(content: bytes) -> None:
    """It is not an empty database."""
    with pytest.raises(FormatError):
        list(blobs(content))
