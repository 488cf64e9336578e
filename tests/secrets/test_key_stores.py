"""A private key in a binary container is found by the container's own marks; a trust store is none."""

import shutil
import struct
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.secrets.key_stores import KINDS, keys_in, may_hold_key
from tests.conftest import missing
from tests.makers.layer_file import layer_file


def found(content: bytes, path: str = "app/store") -> list[str]:
    return (
        [kind.id for kind, _ in keys_in(layer_file(path, content))] if may_hold_key(content) else []
    )


@pytest.mark.parametrize("kind", KINDS, ids=[kind.id for kind in KINDS])
def test_samples_are_told_apart(kind):
    """Each kind finds its own container, and not the one that holds certificates."""
    for sample in kind.true:
        assert found(sample.make().encode("latin-1"), sample.path) == [kind.id]
    for sample in kind.false:
        assert found(sample.make().encode("latin-1"), sample.path) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return stores that openssl makes."""
    if not shutil.which("openssl"):
        missing("openssl")
    place = tmp_path_factory.mktemp("keys")

    def run(*words):
        subprocess.run(["openssl", *words], cwd=place, check=True, capture_output=True)

    subject = ["-subj", "/CN=a", "-days", "2", "-nodes", "-keyout", "key.pem", "-out", "cert.pem"]
    run("req", "-x509", "-newkey", "rsa:2048", *subject)
    store = ["-in", "cert.pem", "-passout", "pass:changeit"]
    run("pkcs12", "-export", "-inkey", "key.pem", *store, "-out", "both.p12")
    run("pkcs12", "-export", "-nokeys", *store, "-out", "trust.p12")
    run("pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-outform", "DER", "-out", "pkcs8.der")
    run("rsa", "-in", "key.pem", "-traditional", "-outform", "DER", "-out", "pkcs1.der")
    run("x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der")
    run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.pem")
    run("pkcs8", "-topk8", "-nocrypt", "-in", "ec.pem", "-outform", "DER", "-out", "ec.der")
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_stores_of_openssl(made):
    """What the field's own tool writes is read as what it is."""
    assert {name: found(made[name], name) for name in sorted(made) if not name.endswith("pem")} == {
        "both.p12": ["pkcs12-private-key"],
        "cert.der": [],
        "ec.der": ["der-private-key"],
        "pkcs1.der": ["der-private-key"],
        "pkcs8.der": ["der-private-key"],
        "trust.p12": [],
    }


def test_a_key_behind_certificates_is_found():
    """A Java store is walked entry by entry."""
    certificate = struct.pack(">IH", 2, 1) + b"c" + bytes(8) + struct.pack(">H", 5) + b"X.509"
    certificate += struct.pack(">I", 3) + b"abc"
    key = struct.pack(">IH", 1, 1) + b"k" + bytes(8)
    head = b"\xfe\xed\xfe\xed" + struct.pack(">II", 2, 3)
    assert found(head + certificate * 2 + key) == ["java-key-store"]
    assert found(head + certificate * 3) == []


@given(st.sampled_from([b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce", b"\x30\x82"]), st.binary())
def test_no_bytes_break_it(start, rest):
    """A damaged store is no finding and no failure."""
    list(keys_in(layer_file("x.p12", start + rest)))
