"""
Make honest layers in the shapes that ``attacks_language`` abuses.

Lockfiles with links and anchors, projects with parents, jars in jars, a jar behind a shell script,
large metadata, programs with sections of several kinds.
"""

import json
import zlib
from collections.abc import Callable

from tests.makers import layer
from tests.makers.elf import elf
from tests.makers.zips import Part, jar_of, zip_of


def _lockfiles() -> bytes:
    """Lockfiles nested, linked and quoted as tools write them; names that look like commands."""
    npm = {
        "name": "app",
        "lockfileVersion": 3,
        "packages": {
            "": {"name": "app", "workspaces": ["c"]},
            "c": {"name": "c", "version": "0.1.0"},
            "node_modules/c": {"resolved": "c", "link": True},
            "node_modules/left-pad": {"version": "1.3.0", "license": "WTFPL"},
            "node_modules/@scope/a": {"version": "2.0.0"},
        },
    }
    pnpm = (
        "lockfileVersion: '9.0'\nsettings: {autoInstallPeers: true}\n"
        "importers:\n  .:\n    dependencies:\n      is-odd:\n        specifier: 3.0.1\n"
        "        version: 3.0.1\npackages:\n  is-odd@3.0.1:\n    resolution: {integrity: sha512-x}\n"
        "snapshots:\n  is-odd@3.0.1: {}\n"
    )
    return layer.tar(
        layer.file("srv/package-lock.json", json.dumps(npm).encode()),
        layer.file("srv/::notice/poetry.lock", b'[[package]]\nname = "ok"\nversion = "1"\nfiles = []\n'),
        layer.file("srv/b/pnpm-lock.yaml", pnpm.encode()),
        layer.file("srv/requirements.txt", b"-r other.txt\nflask>=2\njinja2 == 3.1.2 # a comment\n"),
        layer.file("srv/other.txt", b"click==8.1.3\n"),
        layer.file("srv/Gemfile.lock", b"GEM\n  remote: https://rubygems.example/\n  specs:\n    rake (13.0.6)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rake\n"),
        layer.symlink("srv/node_modules", "../usr/lib/node_modules"),
        layer.file("usr/lib/node_modules/x/package.json", b'{"name":"x","version":"1.0.0"}'),
        layer.symlink("usr/lib/node_modules/x/node_modules", "../../node_modules"),
    )  # fmt: skip


def _project(name: str, more: str = "") -> bytes:
    return (
        f"<project><groupId>g</groupId><artifactId>{name}</artifactId>"
        f"<version>1</version>{more}</project>"
    ).encode()


def _jars() -> bytes:
    """A fat jar, one that runs itself, one with a comment, a project with a parent, a picture."""
    inner = jar_of(
        {
            "META-INF/maven/org.x/inner/pom.properties": b"groupId=org.x\nartifactId=inner\nversion=2.0\n",
            "org/x/A.class": b"\xca\xfe\xba\xbe",
        }
    )
    manifest = {
        "META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\nMain-Class: x.Main\n" + b"X: y\n" * 99
    }
    child = _project(
        "child",
        "<parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version></parent>",
    )
    return layer.tar(
        layer.file("srv/app.jar", jar_of({**manifest, "BOOT-INF/lib/inner-2.0.jar": inner}, stored=True)),
        layer.file("srv/run.jar", zip_of([Part(name=b"a", content=b"1" * 99)], before=b"#!/bin/sh\nexec java -jar $0\n", comment=b"c"), mode=0o755),
        layer.file("srv/pom.xml", _project("p")),
        layer.file("srv/child/pom.xml", child),
        layer.file("srv/logo.gif", b"GIF89a" + bytes(99)),
    )  # fmt: skip


def _wheels() -> bytes:
    """Installed metadata with a long description, a wheel and an egg as files."""
    metadata = b"Metadata-Version: 2.1\nName: x\nVersion: 1.0\n\n" + b"words " * 400_000
    place = "usr/lib/python3/site-packages"
    return layer.tar(
        layer.file(f"{place}/x-1.0.dist-info/METADATA", metadata),
        layer.file("srv/y-2.0-py3-none-any.whl", jar_of({"y-2.0.dist-info/METADATA": metadata.replace(b"x\nVersion: 1", b"y\nVersion: 2")})),
        layer.file("srv/z-3.0.egg", jar_of({"EGG-INFO/PKG-INFO": b"Metadata-Version: 1.0\nName: z\nVersion: 3.0\n"})),
    )  # fmt: skip


def _programs() -> bytes:
    """A program with recorded crates, one with compressed debug data, one with neither."""
    crates = {"packages": [{"name": "a", "version": "1.0.0", "source": "crates.io", "root": True}]}
    packed = zlib.compress(json.dumps(crates).encode())
    return layer.tar(
        layer.file("bin/a", elf([(".text", bytes(64)), (".dep-v0", packed)]), mode=0o755),
        layer.file("bin/b", elf([(".debug_info", zlib.compress(bytes(1 << 20)))]), mode=0o755),
        layer.file("bin/c", elf([(".text", b"UPX! is mentioned")]), mode=0o755),
    )


def _sboms() -> bytes:
    """An SBOM in the image, with parts in parts and needs in a chain."""
    inner = {"type": "library", "bom-ref": "b", "name": "b", "version": "1", "purl": "pkg:npm/b@1"}
    outer = {"type": "library", "bom-ref": "a", "name": "a", "version": "2", "purl": "pkg:npm/a@2", "components": [inner]}  # fmt: skip
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [outer],
        "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": []}],
    }
    return layer.tar(layer.file("srv/bom.cdx.json", json.dumps(document).encode()))


LAYERS: dict[str, Callable[[], bytes]] = {
    "lockfiles": _lockfiles,
    "jars": _jars,
    "wheels": _wheels,
    "programs": _programs,
    "sboms": _sboms,
}
"""The layers by the name of the shape."""
