"""
Make layers whose lockfiles, metadata, archives and programs attack the readers of languages.

Each returns the tar of one layer; ``tests/makers/attacks.py`` puts it on an image.
"""

import json
import struct
import zlib
from collections.abc import Callable

from tests.makers import layer
from tests.makers.elf import elf
from tests.makers.zips import Part, jar_of, zip_of

MIB = 1 << 20
DEEP = 100_000


def one(path: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return the maker of a layer with one file."""
    return lambda: layer.tar(layer.file(path, make()))


def deflated_zeros(size: int) -> bytes:
    """Return raw deflate data of this many MiB of zeros, without packing each."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * (size // MIB) + b"\x03\x00"


def zlib_zeros(size: int) -> bytes:
    """Return them as a zlib stream; of zeros, the checksum is known."""
    return b"\x78\xda" + deflated_zeros(size) + struct.pack(">HH", size % 65521, 1)


def gzip_zeros(size: int) -> bytes:
    """Return them as a gzip file."""
    crc = 0
    for _ in range(size // MIB):
        crc = zlib.crc32(bytes(MIB), crc)
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    return head + deflated_zeros(size) + struct.pack("<LL", crc, size & 0xFFFFFFFF)


def _deflated(name: str, size: int) -> bytes:
    """Return a zip archive of one member of zeros."""
    crc = 0
    for _ in range(size // MIB):
        crc = zlib.crc32(bytes(MIB), crc)
    packed = deflated_zeros(size)
    part = Part(name=name.encode(), content=packed, deflated=False, method=8, size=size, crc=crc)
    return zip_of([part])


def _overlapping() -> bytes:
    """Return a jar of 2,000 members that are all the same bytes (a better zip bomb)."""
    parts = [Part(name=b"META-INF/MANIFEST.MF", content=bytes(MIB))]
    parts += [
        Part(name=b"lib/%d.jar" % n, content=b"", deflated=False, at=0, size=MIB, method=8)
        for n in range(2_000)
    ]
    return zip_of(parts)


def _nested_jars(depth: int = 60) -> bytes:
    inner = jar_of({"META-INF/MANIFEST.MF": b"Implementation-Title: inner\n"})
    for number in range(depth):
        inner = jar_of({f"lib/{number}.jar": inner}, stored=True)
    return inner


def _wide_jar() -> bytes:
    """Return a jar with 250,000 members in its directory."""
    central = (
        b"PK\x01\x02" + struct.pack("<HHHHHHLLLHHHHHLL", *[20] * 2, *[0] * 7, 1, *[0] * 6) + b"a"
    )
    directory = central * 250_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 0, 0)
    return directory + end


def _pom_jar() -> bytes:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(9))
    pom = (
        b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY e0 "lol">'
        + entities
        + b'<!ENTITY x SYSTEM "file:///etc/passwd">]><project><groupId>g</groupId>'
        b"<artifactId>a</artifactId><version>&e9;&x;</version></project>"
    )
    return jar_of({"META-INF/maven/g/a/pom.xml": pom})


def _pom_loop() -> bytes:
    """Two projects that are each other's parent, one of them its own."""

    def pom(name: str, parent: str, path: str) -> bytes:
        return (
            f"<project><parent><groupId>g</groupId><artifactId>{parent}</artifactId>"
            f"<version>1</version><relativePath>{path}</relativePath></parent>"
            f"<artifactId>{name}</artifactId></project>"
        ).encode()

    return layer.tar(
        layer.file("srv/pom.xml", pom("a", "b", "b/pom.xml")),
        layer.file("srv/b/pom.xml", pom("b", "a", "../pom.xml")),
        layer.file("srv/c/pom.xml", pom("c", "c", "./pom.xml")),
        layer.file("srv/d/pom.xml", pom("d", "x", "../../../../../../etc/passwd")),
    )


def _yaml_bomb() -> bytes:
    lines = ["lockfileVersion: '9.0'", "a0: &a0 ['lol', 'lol']"]
    lines += [f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(30)]
    lines += ["packages: !!python/object/apply:os.system ['touch /tmp/pratique-escape-yaml']"]
    return "\n".join(lines).encode()


def _sbom(depth: int) -> bytes:
    """A CycloneDX file whose components hold each other and need each other in circles."""
    component = '{"type":"library","bom-ref":"a","name":"x","version":"1","components":['
    needs = json.dumps([{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a", "b"]}])
    return (
        '{"bomFormat":"CycloneDX","specVersion":"1.6","components":['
        + component * depth
        + "]}" * depth
        + f'],"dependencies":{needs}}}'
    ).encode()


def _commands() -> bytes:
    """Names of packages that are commands to a CI service, or change what a reader sees."""
    names = [
        "a\r\n::error file=x::evil", "::set-output name=x::y", "##[error]x", "##vso[task.x]y",
        "\x1b[2Jgone", "\u202egpj.exe", "<script>alert(1)</script>", "a|b](javascript:x)",
    ]  # fmt: skip
    packages = {f"node_modules/{name}": {"version": "1.0.0"} for name in names}
    packages["node_modules/left-pad"] = {"version": "1.3.0"}
    lock = {"name": "evil\n::error::x", "lockfileVersion": 3, "packages": packages}
    poetry = "".join(f'[[package]]\nname = {json.dumps(n)}\nversion = "1"\n' for n in names)
    return layer.tar(
        layer.file("srv/package-lock.json", json.dumps(lock).encode()),
        layer.file("srv/poetry.lock", poetry.encode()),
        layer.file("srv/::error::x/requirements.txt", b"ok==1\n"),
    )


def _node_loops() -> bytes:
    """A lock whose links lead to themselves, and node_modules that contain themselves."""
    lock = {
        "lockfileVersion": 3,
        "packages": {
            "": {"name": "root"},
            "node_modules/a": {"resolved": "node_modules/a", "link": True},
            "node_modules/b": {"resolved": "c", "link": True},
            "c": {"resolved": "node_modules/b", "link": True},
            "node_modules/left-pad": {"version": "1.3.0", "dependencies": {"left-pad": "1"}},
        },
    }
    return layer.tar(
        layer.file("srv/package-lock.json", json.dumps(lock).encode()),
        layer.file("srv/node_modules/x/package.json", b'{"name":"x","version":"1.0.0"}'),
        layer.symlink("srv/node_modules/x/node_modules", ".."),
        layer.symlink("srv/node_modules/y", "y"),
    )


def _requirements() -> bytes:
    return layer.tar(
        layer.file(
            "srv/requirements.txt", b"-r ../../../../etc/passwd\n-r requirements.txt\nok==1\n"
        ),
        layer.file(
            "srv/a/requirements.txt",
            b"-r b.txt\n-c /proc/self/environ\n" + b"--index" + b"-url http://127.0.0.1:9/\n",
        ),
        layer.file("srv/a/b.txt", b"-r requirements.txt\n"),
    )


def _bait() -> bytes:
    """Text on which expressions that backtrack take for ever."""
    spaces, letters = b" " * 400_000, b"a" * 400_000
    quotes = b"'" * 200_000
    return layer.tar(
        layer.file(
            "srv/requirements.txt",
            b"a" + spaces + b"==\nb==" + letters + b"!\n" + letters + b"[" * 9999,
        ),
        layer.file("srv/setup.py", b"setup(install_requires=[" + quotes + b"\n" + spaces + b"x"),
        layer.file("srv/Gemfile.lock", b"GEM\n  specs:\n    " + letters + b" (" + spaces + b"\n"),
        layer.file(
            "usr/lib/ruby/gems/3.0.0/specifications/x-1.gemspec", b"s.name = " + quotes + spaces
        ),
        layer.file("srv/go.mod", b"module x\nrequire (\n" + spaces + letters + b" v\n"),
        layer.file("srv/yarn.lock", b'"' + letters + b"@" + spaces + b'":\n  version ' + quotes),
        layer.file("srv/build.gradle", letters + b"(" * 100_000),
        layer.file("srv/mix.lock", b'%{"a": {' + b"{" * 100_000),
        layer.file(
            "usr/lib/R/library/x/DESCRIPTION", b"Package: " + letters + b"\n" + b" " + spaces
        ),
    )


def _compressed_section() -> bytes:
    """An ELF section that says it is 512 MB, and is: half a megabyte of zlib."""
    packed = zlib_zeros(512 * MIB)
    header = struct.pack("<IIQQ", 1, 0, 512 * MIB, 1)
    return layer.tar(
        layer.file("bin/a", elf([(".dep-v0", packed)]), mode=0o755),
        layer.file(
            "bin/b",
            elf([(".debug_info", header + packed)], flags={".debug_info": 0x800}),
            mode=0o755,
        ),
        layer.file("bin/c", elf([(".dep-v0", b"x")], sizes={".dep-v0": 1 << 62}), mode=0o755),
    )


def _upx() -> bytes:
    """A program that says it is packed, with a dictionary of 4 GB and blocks of 4 GB."""
    info = b"UPX!" + struct.pack(
        "<BBBBIIIII", 13, 22, 14, 9, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0
    )
    return layer.tar(layer.file("bin/packed", elf([(".text", info * 9)]) + info, mode=0o755))


def _buildinfo() -> bytes:
    """Go build info whose strings are said to be longer than any memory, or lie elsewhere."""
    magic = b"\xff Go buildinf:\x08\x02"
    varint = magic + bytes(16) + b"\xff" * 9 + b"\x7f" + b"go1.22" * 9
    pointers = magic[:-1] + b"\0" + struct.pack("<QQ", 1 << 63, (1 << 64) - 1)
    return layer.tar(
        layer.file("bin/go1", elf([(".go.buildinfo", varint)]), mode=0o755),
        layer.file("bin/go2", elf([(".go.buildinfo", pointers)]), mode=0o755),
        layer.file("bin/go3", elf([(".go.buildinfo", magic)], count=65_000), mode=0o755),
        layer.file(
            "bin/go4",
            elf([(".gopclntab", b"\xf1\xff\xff\xff\0\0\x01\x08" + b"\xff" * 64)]),
            mode=0o755,
        ),
    )


_NEST = b'{"a":' * DEEP + b"1" + b"}" * DEEP
LAYERS: dict[str, Callable[[], bytes]] = {
    "json-deep": one("srv/package-lock.json", lambda: _NEST),
    "toml-deep": one("srv/poetry.lock", lambda: b"a = " + b"[" * DEEP + b"]" * DEEP),
    "yaml-bomb": one("srv/pnpm-lock.yaml", lambda: _yaml_bomb()),
    "yaml-deep": one("srv/pnpm-lock.yaml", lambda: b"[" * DEEP),
    "commands-in-names": _commands,
    "node-loops": _node_loops,
    "requirements-escape": _requirements,
    "regex-bait": _bait,
    "pom-entities": one("srv/a.jar", lambda: _pom_jar()),
    "pom-loop": _pom_loop,
    "sbom-circles": one("srv/bom.cdx.json", lambda: _sbom(3)),
    "sbom-deep": one("srv/bom.cdx.json", lambda: _sbom(20_000)),
    "wheel-bomb": one(
        "srv/x-1-py3-none-any.whl", lambda: _deflated("x-1.dist-info/METADATA", 512 * MIB)
    ),
    "egg-bomb": one("srv/x-1.egg", lambda: _deflated("EGG-INFO/PKG-INFO", 512 * MIB)),
    "manifest-bomb": one("srv/a.jar", lambda: _deflated("META-INF/MANIFEST.MF", 512 * MIB)),
    "metadata-large": one(
        "usr/lib/python3/site-packages/x-1.dist-info/METADATA",
        lambda: b"Name: x\nVersion: 1\n" + b"Keywords: k\n" * (4 * MIB),
    ),
    "jar-overlap": one("srv/a.jar", lambda: _overlapping()),
    "jar-depth": one("srv/a.jar", lambda: _nested_jars()),
    "jar-wide": one("srv/a.jar", lambda: _wide_jar()),
    "jar-two-faced": one(
        "srv/a.jar",
        lambda: zip_of(
            [Part(name=b"Evil.class", local_name=b"Good.class", content=b"x")],
            before=b"\x7fELF" + bytes(60),
        ),
    ),
    "picture-is-archive": one(
        "srv/logo.gif", lambda: zip_of([Part(name=b"E.class", content=b"x")], before=b"GIF89a")
    ),
    "elf-section": _compressed_section,
    "upx-dictionary": _upx,
    "go-buildinfo": _buildinfo,
}
"""The layers by the name of the attack."""
