"""Text documents: YAML, TOML, JSON, XML, and the manifests and configs of images."""

from io import BytesIO

from fuzz.harness import Harness
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.yaml import parse_yaml
from pratique.formats.feeds.xml_records import records
from pratique.formats.image.engine_inspect import read_inspect
from pratique.formats.image.oci import read_config, read_manifest, read_saved
from pratique.kit.limits import DEFAULT
from pratique.model.digest import InvalidDigest
from pratique.model.errors import FormatError
from tests.makers.image import ImageMaker

_READERS = (read_manifest, read_config, read_saved, read_inspect)


def _oci(content: bytes) -> None:
    for read in _READERS:
        try:
            read(content, DEFAULT)
        except (FormatError, InvalidDigest):
            continue


def _oci_seeds() -> list[bytes]:
    maker = ImageMaker()
    image = maker.image({"a": b"1"}, platform="linux/arm64/v8")
    maker.index(image, maker.attestation(image))
    saved = b'[{"Config":"c.json","RepoTags":["a:1"],"Layers":["l/layer.tar"]}]'
    return [*maker.blobs.values(), saved]


def _json(content: bytes) -> object:
    return parse_json(content, dict[str, dict[str, list[str] | str | int]])


HARNESSES = (
    Harness("oci", _oci, _oci_seeds),
    Harness(
        "yaml",
        parse_yaml,
        lambda: [b"a: &x [1, 'two', |\n  three\n  ]\nb: *x\n", b"? [k]\n: {a: b}\n---\n- !t x\n"],
    ),
    Harness(
        "toml", parse_toml, lambda: [b"[[a.b]]\nc = 1979-05-27T07:32:00Z\nd = {e = [1, 0x1f]}\n"]
    ),
    Harness("json", _json, lambda: [b'{"a":{"b":["c"],"d":1,"e":"\\u00e9"}}']),
    Harness(
        "xml",
        lambda content: records(BytesIO(content), {"a"}),
        lambda: [b'<?xml version="1.0"?><r><a x="1">t<b><![CDATA[u]]></b></a></r>'],
    ),
)
