"""
Read the configuration of an image that a build made, field by field, to compare it with another.

Law: nothing is left out but the time, the history and the layers, which differ in every build and are
compared as files; two configurations that mean the same are equal (a list that is absent and an
empty one, the order of keys). Source: Docker image specification v1.2.0, "Image JSON".
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError

_PARTS = ("config", "container_config")
_ABOUT_THE_BUILD = frozenset(
    {"created", "history", "rootfs", "id", "parent", "docker_version", "container"}
)
_OF_THE_ENGINE = frozenset({"Hostname", "Image", "ArgsEscaped"})
_BUILDER = "io.buildah.version"


def read_built_config(content: bytes) -> Mapping[str, str]:
    """
    Return the fields that say something, as JSON with sorted keys.

    Raises:
        FormatError: it is no configuration of an image.

    >>> read_built_config(b'{"created": "x", "config": {"User": "app", "Cmd": null}}')
    {'User': '"app"'}
    """
    whole = parse_json(content, dict[str, Any])
    inner = whole.get("config") or {}
    if not isinstance(inner, dict):
        raise FormatError("the configuration of the image is no object")
    fields = {k: v for k, v in whole.items() if k not in _ABOUT_THE_BUILD and k not in _PARTS}
    fields |= {k: v for k, v in inner.items() if k not in _OF_THE_ENGINE}
    if isinstance(fields.get("Labels"), dict):
        fields["Labels"] = {k: v for k, v in fields["Labels"].items() if k != _BUILDER}
    said = {k: v for k, v in fields.items() if v not in (None, "", False, 0, [], {})}
    return {k: msgspec.json.encode(v, order="deterministic").decode() for k, v in said.items()}
