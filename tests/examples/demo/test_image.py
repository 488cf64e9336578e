"""The sample image is a valid OCI layout, makes equal bytes, and shows what it is there to show."""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from examples.demo.image import TAG, write_image


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "image"
    write_image(folder)
    return folder


def test_every_blob_is_named_by_its_digest(layout: Path) -> None:
    """Content addressing holds, so any engine opens it."""
    for blob in (layout / "blobs/sha256").iterdir():
        assert blob.name == hashlib.sha256(blob.read_bytes()).hexdigest()


def test_the_index_leads_to_one_tagged_manifest(layout: Path) -> None:
    """`oci:FOLDER:TAG` names exactly one image."""
    (entry,) = _read(layout / "index.json")["manifests"]

    assert entry["annotations"]["org.opencontainers.image.ref.name"] == TAG
    assert len(_blob(layout, entry["digest"])) == entry["size"]


def test_diff_ids_are_those_of_the_unpacked_layers(layout: Path) -> None:
    """The config tells the truth about every layer, and has a history line for each."""
    manifest, config = _manifest(layout), _config(layout)
    tars = [gzip.decompress(_blob(layout, layer["digest"])) for layer in manifest["layers"]]

    assert [_sha256(tar) for tar in tars] == config["rootfs"]["diff_ids"]
    assert len(tars) == len(config["history"]) == 3


def test_the_last_layer_holds_the_whole_package_database(layout: Path) -> None:
    """Each layer rewrites dpkg's status, as apt does; the last one lists all packages."""
    status = _files(layout, 2)["var/lib/dpkg/status"].decode()
    names = [line[9:] for line in status.splitlines() if line.startswith("Package: ")]

    assert sorted(names) == names
    assert {"libc6", "curl", "harbourmaster", "xz-utils"} < set(names)
    assert status.count("\n\n") == len(names) - 1


def test_the_second_layer_deletes_a_folder_of_the_first(layout: Path) -> None:
    """The sample exercises a whiteout."""
    assert "var/cache/apt/archives/left-over.deb" in _files(layout, 0)
    assert "var/cache/apt/.wh.archives" in _files(layout, 1)


def test_two_runs_make_equal_bytes(layout: Path, tmp_path: Path) -> None:
    """The sample does not depend on clock, user or order."""
    write_image(tmp_path / "again")

    assert _tree(layout) == _tree(tmp_path / "again")


def test_skopeo_opens_it(layout: Path, need: Any) -> None:
    """A tool of another maker agrees that this is an image."""
    import subprocess

    command = [need("skopeo"), "inspect", f"oci:{layout}:{TAG}"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    assert said["Architecture"] == "amd64"
    assert len(said["Layers"]) == 3


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _files(layout: Path, layer: int) -> dict[str, bytes]:
    blob = gzip.decompress(_blob(layout, _manifest(layout)["layers"][layer]["digest"]))
    with tarfile.open(fileobj=io.BytesIO(blob)) as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]


def _manifest(layout: Path) -> Any:
    return json.loads(_blob(layout, _read(layout / "index.json")["manifests"][0]["digest"]))


def _config(layout: Path) -> Any:
    return json.loads(_blob(layout, _manifest(layout)["config"]["digest"]))


def _blob(layout: Path, digest: str) -> bytes:
    return (layout / "blobs" / digest.replace(":", "/")).read_bytes()


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
