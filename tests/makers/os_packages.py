"""Make the text databases of operating systems by code: dpkg, apk, pacman, opkg, os-release."""

import base64
import json
from collections.abc import Mapping, Sequence

import zstandard


def stanza(**fields: str) -> bytes:
    """Return one deb822 stanza; ``pre_depends`` becomes ``Pre-Depends``."""
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items()]
    return "\n".join(lines).encode() + b"\n\n"


def dpkg_stanza(
    name: str, version: str = "1.0-1", status: str = "install ok installed", **fields: str
) -> bytes:
    """Return one stanza of dpkg's status file as dpkg writes it."""
    fields.setdefault("architecture", "amd64")
    fields.setdefault("maintainer", "Nobody <nobody@example.invalid>")
    fields.setdefault("description", "a package\n made for tests")
    return stanza(package=name, status=status, version=version, **fields)


def apk_record(
    name: str, version: str = "1.0-r0", files: Mapping[str, bytes] | None = None, **fields: str
) -> bytes:
    """Return one record of apk's database; ``files`` maps folder/name to a sha1 digest's bytes."""
    fields = {"A": "x86_64", "o": name, **fields}
    lines = [f"P:{name}", f"V:{version}", *(f"{tag}:{value}" for tag, value in fields.items())]
    for path, digest in (files or {}).items():
        folder, _, leaf = path.rpartition("/")
        lines += [f"F:{folder}", f"R:{leaf}", "Z:Q1" + base64.b64encode(digest).decode()]
    return "\n".join(lines).encode() + b"\n\n"


def pacman_section(**sections: Sequence[str]) -> bytes:
    """Return a ``desc`` or ``files`` file of pacman."""
    return b"".join(
        "\n".join((f"%{name.upper()}%", *values)).encode() + b"\n\n"
        for name, values in sections.items()
    )


def os_release(**fields: str) -> bytes:
    """Return an os-release file; values are quoted."""
    return "".join(f'{name.upper()}="{value}"\n' for name, value in fields.items()).encode()


def chisel_manifest(*entries: Mapping[str, object]) -> bytes:
    """Return a manifest.wall of chisel holding ``entries``."""
    head = {"jsonwall": "1.0", "schema": "1.0", "count": len(entries) + 1}
    text = "".join(json.dumps(entry) + "\n" for entry in (head, *entries))
    return zstandard.compress(text.encode())
