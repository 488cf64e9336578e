"""Targets made to mislead are refused in one line: nothing of the host is read, nothing fetched."""

import json
import os
import tempfile
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.model.errors import TargetError
from pratique.sources.interface import ForeignLayer, InvalidImage, Options
from pratique.sources.target import open_target
from tests.makers.image import OCI_INDEX, OCI_MANIFEST, ImageMaker, archive, as_json, tar_of

REFUSED = {
    "digest-path": "not a digest",
    "index-deep": "nested more than 4 deep",
    "manifest-wrong-types": "not what the specification asks for",
    "config-deep-json": "JSON is nested",
    "size-lies": "cannot be -1 bytes",
    "layer-missing": "is absent",
    "diffid-mismatch": "names 7 layers, the manifest 2",
}


@pytest.mark.parametrize(("name", "reason"), REFUSED.items())
def test_shared_images_that_are_refused(shared, name, reason):
    """Each lie in a manifest, index or config ends in one line that says what it is."""
    path = shared / f"images/hostile/{name}.oci.tar"

    with pytest.raises(InvalidImage, match=reason) as caught:
        open_target(str(path), Options())

    assert "\n" not in str(caught.value)
    assert caught.value.hint()
    assert "root:" not in str(caught.value)


def test_shared_foreign_layer(shared):
    """A foreign layer's URL is named and not asked; the other layer is readable."""
    opened = open_target(str(shared / "images/hostile/foreign-layer-url.oci.tar"), Options())
    base, foreign = opened.images[0].layers

    opened.blobs.open(base.blob).close()
    with pytest.raises(ForeignLayer, match=r"127\.0\.0\.1:9/evil"):
        opened.blobs.open(foreign.blob)
    opened.close()


def test_all_shared_images_open_small(shared):
    """No archive costs more than a few MiB of memory to identify, refused or not."""
    for path in sorted((shared / "images").rglob("*.tar*")):
        tracemalloc.start()
        try:
            open_target(str(path), Options()).close()
        except TargetError:
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 64 << 20, path


def test_an_index_that_lists_itself(tmp_path):
    """A digest cannot contain itself, but a layout may say so; each digest is visited once."""
    maker = ImageMaker()
    image = maker.image({"a": b""})
    index = maker.index(image)
    for _ in range(3):
        index = maker.index(index, index, image)

    opened = open_target(str(archive(tmp_path / "x.tar", maker.files(index))), Options())
    opened.close()
    assert len(opened.images) == 1


def test_names_that_leave_the_archive(tmp_path):
    """Members with .., absolute names and links lead to no file of the host."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"[]")
    for place in (f"../{secret.name}", str(secret), "../../../../../../../../etc/passwd"):
        members = {"manifest.json": as_json([{"Config": place, "Layers": []}]), "x": place}
        for more in ({}, {place.lstrip("/"): place}):
            with pytest.raises(InvalidImage):
                open_target(str(archive(tmp_path / "x.tar", members | more)), Options())


def test_a_layout_that_leads_out(tmp_path):
    """Documents of a layout that are links to devices or pipes are refused at once."""
    for target in ("/dev/zero", "/dev/random", "/dev/tty", "/proc/self/mem"):
        layout = tmp_path / target.replace("/", "_")
        layout.mkdir()
        (layout / "oci-layout").write_bytes(b"{}")
        (layout / "index.json").symlink_to(target)
        with pytest.raises(TargetError):
            open_target(f"oci:{layout}", Options())


def test_many_empty_members(tmp_path):
    """An outer archive of many entries is indexed without building more than its names."""
    maker = ImageMaker()
    files = maker.files(maker.image({"a": b""}))
    path = archive(tmp_path / "x.tar", {str(n): b"" for n in range(20_000)} | files)

    open_target(str(path), Options()).close()


def test_many_manifests_and_names(tmp_path):
    """Thousands of entries are refused by count, not walked."""
    maker = ImageMaker()
    entries = [maker.image({"a": str(n).encode()}) for n in range(300)]

    with pytest.raises(InvalidImage, match="manifests"):
        open_target(str(archive(tmp_path / "x.tar", maker.files(*entries))), Options())


def test_an_engine_would_read_another_image(tmp_path):
    """Keys in another case, a document of two kinds, and halves that differ are all refused."""
    maker = ImageMaker()
    honest, evil = maker.image({"a": b"1"}), maker.image({"a": b"2"})
    manifest = {"mediaType": OCI_MANIFEST, **_document(maker, honest)}
    twins = maker.add(
        as_json(manifest | {"Layers": _document(maker, evil)["layers"]}), OCI_MANIFEST
    )
    both = maker.add(as_json(manifest | {"manifests": [evil]}), OCI_MANIFEST)

    for made in (twins, both, both | {"mediaType": OCI_INDEX}):
        with pytest.raises(InvalidImage):
            open_target(str(archive(tmp_path / "x.tar", maker.files(made))), Options())
    halves = maker.files(honest) | maker.docker_files((evil, ["x:1"]))
    with pytest.raises(InvalidImage, match="different images"):
        open_target(str(archive(tmp_path / "y.tar", halves)), Options())


def test_a_tar_whose_sizes_lie(tmp_path):
    """A member that claims more bytes than the file has is cut, never allocated."""
    maker = ImageMaker()
    content = bytearray(tar_of({"index.json": b"{}", "oci-layout": b"{}"}))
    content[124:136] = b"77777777777\0"
    content[148:156] = b"        "
    content[148:156] = b"%06o\0 " % sum(content[:512])
    path = tmp_path / "x.tar"
    path.write_bytes(content)

    with pytest.raises(TargetError):
        open_target(str(path), Options())
    assert maker.blobs == {}


def test_a_pipe_as_target(tmp_path):
    """A pipe nobody writes to does not hang any source that takes a path."""
    os.mkfifo(tmp_path / "pipe")
    for prefix in ("", "docker-archive:", "oci-archive:", "oci:", "dir:", "sbom:"):
        with pytest.raises(TargetError):
            open_target(f"{prefix}{tmp_path}/pipe", Options())


@settings(max_examples=300)
@given(data=st.data())
def test_any_damage_is_refused_or_harmless(data):
    """No change of an archive's bytes makes opening it raise anything but a refusal."""
    content = bytearray(ARCHIVES[data.draw(st.integers(0, len(ARCHIVES) - 1))])
    for _ in range(data.draw(st.integers(1, 3))):
        offset = data.draw(st.integers(0, len(content) - 1))
        noise = data.draw(st.binary(min_size=1, max_size=6) | st.sampled_from(PIECES))
        content[offset : offset + len(noise)] = noise
    with tempfile.NamedTemporaryFile(suffix=".tar") as file:
        file.write(content)
        file.flush()
        try:
            opened = open_target(file.name, Options())
        except TargetError:
            return
        for image in opened.images:
            for layer in image.layers:
                with opened.blobs.open(layer.blob) as stream:
                    stream.read()
        opened.close()


def _archives():
    maker = ImageMaker()
    image = maker.image({"a": b"1"}, {"b": "a"})
    index = maker.index(image, maker.attestation(image))
    docker = maker.docker_files((image, ["a:1"]), legacy=True)
    return [tar_of(maker.files(index)), tar_of(docker), tar_of(maker.files(image) | docker)]


ARCHIVES = _archives()
PIECES = [
    b"null",
    b"[]",
    b"{}",
    b'"',
    b"\\",
    b"-1",
    b"1e999",
    b"\xff",
    b"sha512",
    b"../../",
    b"\0" * 512,
]


def _document(maker, made):
    return json.loads(maker.blobs[made["digest"]])
