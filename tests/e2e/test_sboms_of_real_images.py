"""SBOMs of real images are valid and list what the distribution's own tool lists."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from pratique.formats.sbom.reading import SbomContent, read_sbom

IMAGES = (
    "alpine-3.10.docker.tar",
    "debian-12-slim.oci.tar",
    "centos-7-bdb-trimmed.oci.tar",
    "sle15-ndb-trimmed.oci.tar",
    "mariner-2-sqlite-trimmed.oci.tar",
)
FORMATS = ("cyclonedx", "cyclonedx@1.7", "spdx")
OS_TYPES = ("apk", "deb", "rpm")


@pytest.mark.parametrize("image", IMAGES)
def test_sboms_are_valid_and_true(image: str, shared: Path, tmp_path: Path):
    """All formats pass their official validators, and read back to the expected packages."""
    files = [tmp_path / f"{number}.json" for number in range(len(FORMATS))]
    outputs = [f"-o{name}={file}" for name, file in zip(FORMATS, files, strict=True)]
    command = [sys.executable, "-m", "pratique", "sbom", str(shared / "images" / image), *outputs]
    environ = os.environ | {"PRATIQUE_CACHE_DIR": str(tmp_path / "cache"), "SOURCE_DATE_EPOCH": "0"}
    subprocess.run(command, check=True, env=environ, capture_output=True)
    old, new, spdx = (file.read_bytes() for file in files)

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(old.decode()) is None
    assert JsonStrictValidator(SchemaVersion.V1_7).validate_str(new.decode()) is None
    assert validate_full_spdx_document(JsonLikeDictParser().parse(json.loads(spdx))) == []
    truth = _expected(shared / "images/expected", image)
    for content in (old, new, spdx):
        assert _rows(read_sbom(content)) == truth


def _rows(found: SbomContent) -> list[tuple[str, ...]]:
    assert found.unknowns == ()
    return sorted(
        (p.type.value, p.name, p.version, p.arch, p.source_rpm or p.source_name)
        for p in found.packages
        if p.type in OS_TYPES
    )


def _expected(folder: Path, image: str) -> list[tuple[str, ...]]:
    name = image.removesuffix(".tar").removesuffix(".oci").removesuffix(".docker")
    with (folder / f"{name}.packages.tsv").open(newline="") as table:
        columns = ("type", "name", "version", "arch", "source")
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return sorted(tuple(row[c] for c in columns) for row in rows if row["type"] in OS_TYPES)
