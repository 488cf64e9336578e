"""Manifests, indexes, configs and `docker save` listings are read in one way or refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.oci import Index, Manifest, read_config, read_manifest, read_saved
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.digest import InvalidDigest
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.image import Platform
from tests.makers.image import OCI_CONFIG, OCI_INDEX, OCI_LAYER, as_json

DIGEST = "sha256:" + "ab" * 32
DESCRIPTOR = {"mediaType": OCI_LAYER, "digest": DIGEST, "size": 5}
CONFIG = DESCRIPTOR | {"mediaType": OCI_CONFIG}
MANIFEST = {"schemaVersion": 2, "config": CONFIG, "layers": [DESCRIPTOR]}


def test_manifest():
    """A manifest gives its config and layers, with urls and annotations."""
    layer = DESCRIPTOR | {"urls": ["https://x/y"], "annotations": {"a": "b"}}

    manifest = read_manifest(as_json(MANIFEST | {"layers": [layer]}), DEFAULT)

    assert isinstance(manifest, Manifest)
    assert manifest.config.digest == DIGEST
    assert manifest.layers[0].urls == ("https://x/y",)
    assert manifest.layers[0].annotations == {"a": "b"}


def test_index():
    """An index gives its entries with their platforms; a missing platform stays missing."""
    entries = [
        CONFIG | {"platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}},
        CONFIG,
    ]

    index = read_manifest(as_json({"schemaVersion": 2, "manifests": entries}), DEFAULT)

    assert isinstance(index, Index)
    assert [entry.platform for entry in index.entries] == [Platform("linux", "arm64", "v8"), None]


def test_config_of_an_old_engine():
    """What engines leave null or write as plain text is read; nothing is invented."""
    config = read_config(
        as_json(
            {
                "os": "linux",
                "architecture": "amd64",
                "config": {
                    "Env": None,
                    "Entrypoint": "/run",
                    "Labels": {"a": None},
                    "ExposedPorts": {"80/tcp": {}},
                    "Healthcheck": {"Test": ["NONE"]},
                },
                "rootfs": {"type": "layers", "diff_ids": [DIGEST]},
                "history": [{"created_by": "a"}, {"empty_layer": True}],
            }
        ),
        DEFAULT,
    )

    assert config.entrypoint == ("/run",)
    assert config.env == ()
    assert config.labels == {"a": ""}
    assert config.exposed_ports == ("80/tcp",)
    assert not config.has_healthcheck
    assert config.diff_ids == (DIGEST,)
    assert [step.empty_layer for step in config.history] == [False, True]


def test_saved():
    """manifest.json gives config, layers and tags; null means none."""
    saved = read_saved(b'[{"Config": "c", "RepoTags": null, "Layers": ["a", "b"]}]', DEFAULT)

    assert (saved[0].config, saved[0].layers, saved[0].tags) == ("c", ("a", "b"), ())


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"schemaVersion": 1, "fsLayers": []}, "schema 1"),
        (MANIFEST | {"manifests": []}, "both an index and a manifest"),
        (MANIFEST | {"Layers": []}, "can be read as"),
        ({"manifests": [DESCRIPTOR | {"Digest": DIGEST}]}, "can be read as"),
        (MANIFEST | {"config": CONFIG | {"SIZE": 1}}, "can be read as"),
        ({"schemaVersion": 2}, "neither"),
        (MANIFEST | {"layers": [DESCRIPTOR | {"size": -1}]}, "cannot be -1 bytes"),
        (MANIFEST | {"layers": [DESCRIPTOR | {"size": 1 << 63}]}, "9223372036854775808 bytes"),
        (MANIFEST | {"layers": {"0": []}}, "not what the specification"),
        ({"mediaType": OCI_INDEX}, "not what the specification"),
        ([], "not what the specification"),
    ],
)
def test_refused(document, reason):
    """A document that engines could read otherwise, or that has wrong types, is refused."""
    with pytest.raises(FormatError, match=reason):
        read_manifest(as_json(document), DEFAULT)


@pytest.mark.parametrize("digest", ["sha256:../../etc/passwd", "sha256:AB", "md5:" + "0" * 32, ""])
def test_a_digest_that_is_none(digest):
    """A digest is one of the two forms or the document is refused."""
    with pytest.raises(InvalidDigest):
        read_manifest(as_json(MANIFEST | {"layers": [DESCRIPTOR | {"digest": digest}]}), DEFAULT)


def test_bounds():
    """Size, depth and counts are bounded before or while a document is read."""
    deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    small = Limits(json_bytes=100, layers=1, manifests=1)

    with pytest.raises(LimitExceeded, match="nested"):
        read_config(deep, DEFAULT)
    with pytest.raises(LimitExceeded, match="bytes of JSON"):
        read_manifest(as_json(MANIFEST), small)
    with pytest.raises(LimitExceeded, match="2 layers"):
        read_manifest(as_json(MANIFEST | {"layers": [DESCRIPTOR] * 2}), Limits(layers=1))
    with pytest.raises(LimitExceeded, match="2 manifests"):
        read_manifest(as_json({"manifests": [DESCRIPTOR] * 2}), Limits(manifests=1))
    with pytest.raises(LimitExceeded, match="2 layers"):
        read_config(as_json({"rootfs": {"diff_ids": [DIGEST] * 2}}), Limits(layers=1))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(DIGEST),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "manifests",
                    "layers",
                    "config",
                    "digest",
                    "size",
                    "rootfs",
                    "diff_ids",
                    "history",
                    "schemaVersion",
                    "mediaType",
                    "platform",
                    "Config",
                    "Layers",
                    "Env",
                    "Labels",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("read", [read_manifest, read_config, read_saved])
@given(document=JSON)
def test_any_json_is_read_or_refused(read, document):
    """No JSON makes a reader raise anything but its own errors."""
    try:
        read(json.dumps(document).encode(), DEFAULT)
    except (FormatError, InvalidDigest):
        pass


@pytest.mark.parametrize("read", [read_manifest, read_config, read_saved])
@given(content=st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(read, content):
    """No bytes make a reader raise anything but its own errors."""
    try:
        read(content, DEFAULT)
    except (FormatError, InvalidDigest):
        pass
