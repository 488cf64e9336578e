"""
Find private keys in binary containers: PKCS#12, Java key stores, and bare DER.

Law: a store that holds certificates only (a trust store) is no secret. Told are the container's own
marks of a private key, not the file's name; whether its password is weak is not tried.
Sources: RFC 7292 §4.2 (bag types), RFC 5208 and 5958 (PKCS#8), RFC 8017 A.1.2, OpenJDK
``sun.security.provider.JavaKeyStore`` (layout of JKS and JCEKS).
"""

import re
import struct
from collections.abc import Iterator

from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import LayerFile
from pratique.secrets.interface import Sample, SecretKind

MOST_BYTES = 8 << 20
"""A larger file is no key store that anybody uses."""
_MOST_ENTRIES = 10_000
_JKS, _JCEKS = b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"
_KEY_ENTRY, _CERTIFICATE_ENTRY, _SECRET_ENTRY = 1, 2, 3
_BAG = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01"
_PKCS12 = re.compile(rb"\x30(?:\x80|\x82..|\x83...|\x84....)\x02\x01\x03\x30", re.DOTALL)
_DER = re.compile(
    rb"\x30(?:\x81.|\x82..)(?:"
    rb"\x02\x01[\x00\x01]\x30.\x06(?:\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
    rb"|\x07\x2a\x86\x48\xce\x3d\x02\x01)"  # PKCS#8: RSA, elliptic curves
    rb"|\x02\x01\x00\x02\x82..\x00)",  # PKCS#1: version 0, then the modulus
    re.DOTALL,
)
KEY_STARTS = (_JKS, _JCEKS, b"\x30")
"""What every container of keys begins with, and some other files too."""
_ROTATE = "make a new key pair, replace its certificate, and destroy this store"


def _sample(start: bytes, path: str) -> Sample:
    return Sample(make=lambda: start.decode("latin-1"), path=path, line=0)


def _java(tag: int) -> bytes:
    entry = struct.pack(">IH", tag, 1) + b"a" + bytes(8)
    if tag == _CERTIFICATE_ENTRY:
        entry += struct.pack(">H", 5) + b"X.509"
    return _JKS + struct.pack(">II", 2, 1) + entry + struct.pack(">I", 4) + b"abcd" + bytes(24)


_RSA = b"\x30\x82\x04\xa4\x02\x01\x00\x02\x82\x01\x01\x00"
_FRAME = b"\x30\x82\x01\x00\x02\x01\x03\x30"
KINDS = (
    SecretKind(
        id="pkcs12-private-key",
        title="Private key in a PKCS#12 store",
        pattern=re.escape(_BAG) + rb"[\x01\x02]",
        keywords=(_BAG.lower(),),
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        aliases=("pkcs12-file",),
        rotate=_ROTATE,
        true=(_sample(_FRAME + _BAG + b"\x02", "app/server.p12"),),
        false=(_sample(_FRAME + _BAG + b"\x03", "app/trust.p12"),),
    ),
    SecretKind(
        id="java-key-store",
        title="Private key in a Java key store",
        pattern=rb"\xfe\xed\xfe\xed|\xce\xce\xce\xce",
        keywords=(_JKS, _JCEKS),
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        rotate=_ROTATE,
        true=(_sample(_java(_KEY_ENTRY), "app/key.jks"),),
        false=(_sample(_java(_CERTIFICATE_ENTRY), "app/cacerts"),),
    ),
    SecretKind(
        id="der-private-key",
        title="Private key without a passphrase, in DER",
        pattern=_DER.pattern,
        keywords=(b"\x30",),
        severity=Severity.CRITICAL,
        confidence=Confidence.HIGH,
        rotate=_ROTATE,
        true=(_sample(_RSA + b"k" * 1191, "k.der"),),
        false=(
            _sample(b"\x30\x82\x04\xa4\x30\x82\x01\x01\x00" + b"k" * 1191, "cert.der"),
            _sample(_RSA + b"k" * 28, "template.der"),
        ),
    ),
)
"""Not searched for in text, so not among the rules of the engine; samples are Latin-1."""

_BY_ID = {kind.id: kind for kind in KINDS}


def may_hold_key(head: bytes) -> bool:
    """
    Return whether a binary file starts as a container of keys does.

    >>> may_hold_key(_JKS + bytes(8)), may_hold_key(b"\\x7fELF")
    (True, False)
    """
    if not head.startswith(KEY_STARTS):  # most files
        return False
    return head.startswith((_JKS, _JCEKS)) or bool(_PKCS12.match(head) or _DER.match(head))


def keys_in(file: LayerFile) -> Iterator[tuple[SecretKind, bytes]]:
    """Yield the kind of each container of a private key that a file is, and its bytes."""
    if file.size_bytes > MOST_BYTES:
        return
    content = file.content()
    if content.startswith((_JKS, _JCEKS)):
        if _java_has_key(content):
            yield _BY_ID["java-key-store"], content
    elif _PKCS12.match(content):
        # Tools keep the bag of a key readable from outside: the key in it is encrypted by itself.
        if re.search(re.escape(_BAG) + rb"[\x01\x02]", content):
            yield _BY_ID["pkcs12-private-key"], content
    elif _DER.match(content) and _is_whole(content):
        yield _BY_ID["der-private-key"], content


def _is_whole(content: bytes) -> bool:
    """Return whether the outermost sequence stands there to its end: the head of a key is none."""
    lengths = content[1] & 0x7F  # the pattern lets one or two bytes follow
    return len(content) >= 2 + lengths + int.from_bytes(content[2 : 2 + lengths], "big")


def _java_has_key(content: bytes) -> bool:
    """Walk the entries of a Java key store up to the first with a key; a damaged one has none."""
    try:
        version, count = struct.unpack_from(">II", content, 4)
        at = 12
        for _ in range(min(count, _MOST_ENTRIES)):
            (tag,) = struct.unpack_from(">I", content, at)
            if tag in (_KEY_ENTRY, _SECRET_ENTRY):
                return True
            at = _behind_certificate(content, at + 4, version)
    except struct.error:
        return False
    return False


def _behind_certificate(content: bytes, at: int, version: int) -> int:
    (alias,) = struct.unpack_from(">H", content, at)
    at += 2 + alias + 8
    if version == 2:
        (name,) = struct.unpack_from(">H", content, at)
        at += 2 + name
    (length,) = struct.unpack_from(">I", content, at)
    return at + 4 + int(length)
