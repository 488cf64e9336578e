"""The packages of real images equal what each distribution's own tool lists."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.cli import main

OS_TYPES = {"deb", "apk", "rpm"}

IMAGES = {
    "alpine-3.10": "alpine-3.10.docker.tar",
    "alpine-3.15-zstd": "alpine-3.15-zstd.oci.tar",
    "alpine-3.18-misconfig": "alpine-3.18-misconfig.oci.tar",
    "alpine-3.20-multiarch": "alpine-3.20-multiarch.oci.tar",
    "centos-7-bdb-trimmed": "centos-7-bdb-trimmed.oci.tar",
    "debian-12-slim": "debian-12-slim.oci.tar",
    "distroless-cc-debian12": "distroless-cc-debian12.oci.tar",
    "eicar-busybox": "eicar-busybox.oci.tar",
    "go-rust-scratch": "go-rust-scratch.oci.tar",
    "java-fat-busybox": "java-fat-busybox.oci.tar",
    "mariner-2-sqlite-trimmed": "mariner-2-sqlite-trimmed.oci.tar",
    "node-app-alpine": "node-app-alpine.oci.tar",
    "polyglot-ruby-php-conda": "polyglot-ruby-php-conda.oci.tar",
    "python-app-alpine": "python-app-alpine.oci.tar",
    "sle15-ndb-trimmed": "sle15-ndb-trimmed.oci.tar",
    "ubuntu-18.04-trimmed": "ubuntu-18.04-trimmed.oci.tar",
}

Row = tuple[str, ...]
BUSYBOX = ("busybox", "1.38.0", "generic", "bin/busybox")
UNLISTED = {"eicar-busybox": {BUSYBOX}, "java-fat-busybox": {BUSYBOX}}
"""Programs that are there and that the lists leave out: they were written by package managers."""


@pytest.mark.parametrize("name", IMAGES)
def test_os_packages_equal_the_distributions_own_list(
    name: str, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, version, source, architecture, type and place of every package, no more, no less."""
    expected = set(expected_rows(shared / "images/expected" / f"{name}.packages.tsv"))
    found = set(found_rows(shared / "images" / IMAGES[name], tmp_path, monkeypatch))

    assert found == expected


@pytest.mark.parametrize("name", IMAGES)
def test_packages_of_languages_equal_the_list(
    name: str, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, version, type and place of all that is installed; what is only declared is apart."""
    truth = shared / "images/expected" / f"{name}.packages.tsv"
    expected = set(language_rows(truth)) | UNLISTED.get(name, set())
    found = set(language_found(shared / "images" / IMAGES[name], tmp_path, monkeypatch))

    assert found == expected


def test_several_images_and_no_tag_is_a_usage_error(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message lists the tags, so that the next try works."""
    archive = shared / "images/save-two-images.docker.tar.gz"

    assert main.run(["sbom", "--no-cache", f"docker-archive:{archive}"]) == 2
    assert "demo/one:1.0, demo/one:latest, demo/two:2.0" in capsys.readouterr().err


def expected_rows(place: Path) -> Iterator[Row]:
    with place.open() as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["type"] in OS_TYPES:
                yield tuple(
                    row[c] for c in ("name", "version", "source", "arch", "type", "location")
                )


def found_rows(image: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Row]:
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(scratch / "cache"))
    out = scratch / "report.json"
    code = main.run(["sbom", str(image), "--platform", "all", "-o", f"json={out}"])
    assert code == 0
    for subject in json.loads(out.read_bytes())["subjects"]:
        for package in subject["packages"]:
            if package["type"] in OS_TYPES:
                source = package.get("source_rpm") or package.get("source_name", "")
                yield (
                    package["name"],
                    package["version"],
                    source,
                    package.get("arch", ""),
                    package["type"],
                    package["location"],
                )


def language_rows(place: Path) -> Iterator[Row]:
    with place.open() as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["type"] not in OS_TYPES:
                yield row["name"], row["version"], row["type"], row["location"]


def language_found(image: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Row]:
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(scratch / "cache"))
    out = scratch / "report.json"
    assert main.run(["sbom", str(image), "--platform", "all", "-o", f"json={out}"]) == 0
    for subject in json.loads(out.read_bytes())["subjects"]:
        for package in subject["packages"]:
            if package["type"] not in OS_TYPES and not package.get("declared"):
                place = package["location"]
                if package["type"] == "pypi":  # the list names the folder that Python searches
                    place = place.rpartition("/")[0].rpartition("/")[0]
                yield package["name"], package["version"], package["type"], place
