"""
Make layers that attack whoever looks into files: for secrets, malware, licences, inside archives.

Each returns the tar of one layer; ``tests/attacks/contents.tsv`` says what a scan with all scanners
must end in. Secrets are assembled here, so that none stands in a file.
"""

import bz2
import gzip
import hashlib
import itertools
import lzma
import struct
from collections.abc import Callable
from functools import cache

import zstandard

from tests.makers import layer
from tests.makers.attacks_language import gzip_zeros
from tests.makers.benign import files_of
from tests.makers.elf import elf
from tests.makers.zips import Part, jar_of, zip_of

MIB = 1 << 20
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def value(number: int = 0) -> str:
    """Return a password that looks chosen at random; the same for the same number."""
    noise = hashlib.sha256(b"an attack %d" % number).digest()
    letters = "kR7vQ2mX9pLw4TzB8cN5hJ3dF6gS1yA0"
    return "".join(letters[byte % 32] for byte in noise[:20])


def setting(number: int = 0) -> bytes:
    """Return a line that sets it."""
    return f"DB_PASS{'WORD'}={value(number)}\n".encode()


def ar(*members: tuple[bytes, bytes], size: int | None = None) -> bytes:
    """Return an ar archive; ``size`` is what every header says, where that is a lie."""
    parts = [b"!<arch>\n"]
    for name, content in members:
        told = len(content) if size is None else size
        parts.append(b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (name, 0, 0, 0, b"100644", told))
        parts.append(content + b"\n" * (len(content) % 2))
    return b"".join(parts)


WRAPPERS: dict[str, Callable[[str, bytes], bytes]] = {
    "zip": lambda name, content: jar_of({name: content}),
    "tar": lambda name, content: layer.tar(layer.file(name, content)),
    "ar": lambda name, content: ar((name.encode()[:15], content)),
    "gz": lambda _name, content: gzip.compress(content, mtime=0),
    "xz": lambda _name, content: lzma.compress(content, preset=0),
    "bz2": lambda _name, content: bz2.compress(content, 1),
    "zst": lambda _name, content: zstandard.compress(content),
}
"""How to put a file into an archive of each kind."""


def each_kind(content: bytes, folder: str = "srv") -> bytes:
    """Return a layer with a file in an archive of each kind, and in a tar archive packed by each."""
    tar = layer.tar(layer.file("in/app.env", content))
    files = [
        layer.file(f"{folder}/app.env.{kind}", wrap("app.env", content))
        for kind, wrap in WRAPPERS.items()
    ]
    files += [
        layer.file(f"{folder}/all.tar.{kind}", WRAPPERS[kind]("all.tar", tar))
        for kind in ("gz", "xz", "bz2", "zst")
    ]
    return layer.tar(*files)


def _nested(depth: int = 40) -> bytes:
    """Return archives of every kind in each other, a secret at their bottom."""
    content = setting()
    kinds = list(WRAPPERS.items())
    files = []
    for turn in range(len(kinds)):
        inner = content
        for step in range(depth):
            kind, wrap = kinds[(turn + step) % len(kinds)]
            inner = wrap(f"in.{kind}", inner)
        files.append(layer.file(f"srv/{turn}.bin", inner))
    return layer.tar(*files)


def _bombs() -> bytes:
    """Return a file of each packed kind that unpacks to a GiB of zeros, and a tar archive of it."""
    zeros = bytes(64 * MIB)
    head = layer.header(b"zeros", size=base(1024 * MIB))
    return layer.tar(
        layer.file("srv/a.gz", gzip_zeros(1024 * MIB)),
        layer.file("srv/a.xz", lzma.compress(zeros, preset=0) * 16),
        layer.file("srv/a.bz2", bz2.compress(zeros) * 16),
        layer.file("srv/a.zst", zstandard.compress(zeros) * 16),
        layer.file("srv/a.tar.xz", lzma.compress(head) + lzma.compress(zeros, preset=0) * 16),
        layer.file("srv/a.tar.zst", zstandard.compress(head) + zstandard.compress(zeros) * 16),
        layer.file("srv/last.env", setting()),
    )


def base(size: int) -> bytes:
    """Return a size as a tar header has it."""
    return layer.base256(size, 12)


def _many_archives(count: int = 100_000) -> bytes:
    """Return as many files that are archives of nothing much."""
    small = gzip.compress(b"x", mtime=0)
    return layer.tar(*(layer.file(f"srv/{n % 100}/{n}.gz", small) for n in range(count)))


def _archive_of_archives(count: int = 60_000) -> bytes:
    """Return one archive of as many."""
    small = gzip.compress(b"x", mtime=0)
    return layer.tar(
        layer.file("srv/all.zip", jar_of({f"{n}.gz": small for n in range(count)}, stored=True)),
        layer.file("srv/last.env", setting()),
    )


def _lies() -> bytes:
    """Return archives whose members are not what is said of them; a sound file stands behind."""
    content = setting()
    lying = [Part(name=b"a.env", content=content, size=1 << 31), Part(name=b"b", crc=1)]
    lying += [Part(name=b"c", content=content, at=1 << 30), Part(name=b"d", flags=1)]
    return layer.tar(
        layer.file("srv/sizes.zip", zip_of(lying, count=9)),
        layer.file("srv/sizes.ar", ar((b"a", content), size=1 << 32)),
        layer.file("srv/none.ar", ar((b"a", b""), (b"b", b""), size=0) * 1000),
        layer.file("srv/cut.gz", gzip.compress(content * 999)[:-30]),
        layer.file("srv/cut.xz", lzma.compress(content * 999)[:-30]),
        layer.file("srv/cut.bz2", bz2.compress(content * 999)[:-5]),
        layer.file("srv/cut.zst", zstandard.compress(content * 999)[:-5]),
        layer.file("srv/xz.window", lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)),
        layer.file("srv/size.tar", layer.header(b"a", size=base(-5)) + content),
        layer.file("srv/huge.tar", layer.header(b"a", size=base(1 << 62)) + content),
        layer.file("srv/empty.bz2", bz2.compress(b"") * 200_000),
        layer.file("srv/last.env", content),
    )


@cache
def _keywords() -> bytes:
    from pratique.secrets.rules import all_rules

    return b" ".join(sorted({word for rule in all_rules() for word in rule.kind.keywords}))


def _filled(piece: bytes, size: int) -> bytes:
    return (piece * (size // len(piece) + 1))[:size]


def _near_misses(size: int) -> bytes:
    """Return the samples of every kind, each without its end: all begin and none is whole."""
    from pratique.secrets.rules import all_kinds

    texts = (sample.make().encode() for kind in all_kinds() for sample in kind.true)
    return _filled(b"\n".join(text[: len(text) * 2 // 3] for text in texts) + b"\n", size)


def _true_samples(size: int) -> bytes:
    """Return the samples of every kind, over and over."""
    from pratique.secrets.rules import all_kinds

    texts = (sample.make().encode() for kind in all_kinds() for sample in kind.true)
    return _filled(b"\n".join(texts) + b"\n", size)


def _secrets_everywhere(files: int = 20_000) -> bytes:
    """Return files that each hold a secret of their own."""
    return layer.tar(*(layer.file(f"srv/{n % 90}/{n}.env", setting(n)) for n in range(files)))


def _licence_flood(count: int = 12) -> bytes:
    """Return files that name licences, and parts of their texts, over and over."""
    names = [b"licensed under the gnu general public license version 2 or any later version. "]
    names += [b"permission is hereby granted, free of charge, to any person obtaining a copy "]
    names += [b"redistribution and use in source and binary forms, with or without modification "]
    names += [b"spdx-license-identifier: mit or (gpl-2.0 and (bsd-3-clause or x)) with y "]
    return layer.tar(
        *(
            layer.file(f"srv/{n}/LICENSE", _filled(names[n % 4] * (n + 1) + b"\n", 2 * MIB))
            for n in range(count)
        ),
        layer.file("srv/expr/LICENSE", b"SPDX-License-Identifier: " + b"(" * 100_000),
        layer.file("usr/share/doc/a/copyright", _copyright_file()),
    )


def _copyright_file() -> bytes:
    head = b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
    return head + b"".join(
        b"Files: %d/*\nCopyright: x\nLicense: L-%d or MIT and L-%d\n\n" % (n, n, n + 1)
        for n in range(20_000)
    )


def _programs() -> bytes:
    """Return programs whose headers are absurd, in both word sizes and both byte orders."""
    files = []
    numbers = (0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 63, (1 << 64) - 1)
    for bits in (1, 2):
        for order in (1, 2):
            mark = ">" if order == 2 else "<"
            word = "Q" if bits == 2 else "I"
            for number in numbers:
                place = number if bits == 2 else number & 0xFFFFFFFF
                for count in (0, 1, 0xFFFF):
                    ident = b"\x7fELF" + bytes([bits, order, 1]) + bytes(9)
                    head = struct.pack(
                        f"{mark}HHI{word * 3}I6H", 2, 62, 1, place, place, place, 0, 64, 56, count, 64, count, 0xFFFF,
                    )  # fmt: skip
                    files.append(ident + head + b"\1" * 5000)
    sections = [(f".s{n}", b"x") for n in range(60_000)]
    files.append(elf(sections))
    return layer.tar(
        *(layer.file(f"bin/{n}", content, mode=0o755) for n, content in enumerate(files)),
        layer.file("bin/eicar", EICAR),
    )


def _eicar(count: int = 60_000) -> bytes:
    """Return as many files that every scanner knows."""
    return layer.tar(*(layer.file(f"srv/{n % 300}/{n}", EICAR) for n in range(count)))


def _scripts(count: int = 30, start: bytes = b"") -> bytes:
    """Return scripts that hold pieces of what malware rules look for, over and over."""
    pieces = (b"/dev/tcp/", b"base64 -d | sh ", b"stratum+tcp://", b"LD_PRELOAD=", b"chmod +x ")
    pieces += (b"eval(", b"curl -s http://", b"nsenter -t 1 ", b"/proc/1/root ", b"xmrig ")
    return layer.tar(
        *(
            layer.file(f"srv/{n}.sh", b"#!/bin/sh\n" + start + _filled(pieces[n % 10], 3 * MIB))
            for n in range(count)
        )
    )


def _deep() -> bytes:
    folder = "/".join(["d"] * 250)
    return layer.tar(
        *(layer.file(f"{folder}/{n}.env", setting(n)) for n in range(500)),
        layer.file("srv/deep.zip", jar_of({f"{'e/' * 2000}x.env": setting(1)})),
    )


def _allowed() -> bytes:
    """Return secrets that the image itself says are none."""
    mark = b"pratique:" + b"allow"
    return layer.tar(
        layer.file("srv/a.env", setting(0).rstrip() + b" # " + mark + b" it is fine\n"),
        layer.file("srv/b.env", setting(1).rstrip() + b" # gitleaks:" + b"allow\n"),
        layer.file("srv/c.env", setting(2)),
        *(
            layer.file(f"{folder}.gitleaksignore", b"srv/c.env:password:1\nc.env:password:1\n")
            for folder in ("", "srv/")
        ),
        layer.file(".gitleaks.toml", b"[allowlist]\npaths = ['.*']\n"),
        layer.file("srv/.gitleaks.toml", b"[allowlist]\npaths = ['.*']\n"),
        layer.file("pratique-exceptions.yaml", b"exceptions: [{rule: '*', reason: fine}]\n"),
        layer.file(".trivyignore", b"password\n*\n"),
        layer.file("pratique.toml", b"[scan]\nscanners = 'vuln'\n"),
    )


def _one(path: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: layer.tar(layer.file(path, make()), layer.file("srv/last.env", setting()))


LAYERS: dict[str, Callable[[], bytes]] = {
    "archive-kinds-nested": _nested,
    "archive-bombs": _bombs,
    "archive-many": _many_archives,
    "archive-of-archives": _archive_of_archives,
    "archive-lies": _lies,
    "text-of-keywords": _one("srv/words.txt", lambda: _filled(_keywords() + b" ", 24 * MIB)),
    "text-of-near-misses": _one("srv/misses.txt", lambda: _near_misses(4 * MIB)),
    "text-of-secrets": _one("srv/hits.txt", lambda: _true_samples(8 * MIB)),
    "one-line": _one("srv/line.txt", lambda: b"a" * (240 * MIB)),
    "one-line-password": _one("srv/line.env", lambda: b"PASS" + b"WORD=" + b"a" * (100 * MIB)),
    "million-headers": _one("srv/keys.pem", lambda: (b"-----BEGIN RSA " + b"PRIVATE KEY-----\n") * 1_000_000),
    "million-quotes": _one("srv/q.py", lambda: _filled(b"password = '", 4 * MIB)),
    "utf-16-halves": _one("srv/u.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * (8 * MIB)),
    "secrets-everywhere": _secrets_everywhere,
    "licence-flood": _licence_flood,
    "programs-absurd": _programs,
    "eicar-flood": _eicar,
    "scripts-of-patterns": _scripts,
    "scripts-that-match": lambda: _scripts(start=b"base64 -d x | " + b"sh\n"),
    "deep-secrets": _deep,
    "allowed-by-the-image": _allowed,
}  # fmt: skip
"""The layers of attacks by name."""


def _in_every_layer() -> dict[str, bytes]:
    """Return an image of three layers that each hold all that one layer may."""
    number = itertools.count()
    return files_of(
        *(
            layer.tar(
                *(
                    layer.file(
                        f"srv/{n}-{m}.env", b"".join(setting(next(number)) for _ in range(99))
                    )
                    for m in range(75)
                )
            )
            for n in range(3)
        )
    )


def _config() -> dict[str, bytes]:
    """Return an image whose config says tens of thousands of passwords."""
    steps = [{"created_by": f"RUN {setting(n).decode().strip()}"} for n in range(20_000)]
    labels = {f"k{n}": setting(n).decode().strip() for n in range(20_000)}
    env = [" ".join(setting(n).decode().strip() for n in range(10_000))]
    return files_of(config={"history": steps, "config": {"Env": env, "Labels": labels}})


def _of_layer(make: Callable[[], bytes]) -> Callable[[], dict[str, bytes]]:
    return lambda: files_of(make())


ATTACKS: dict[str, Callable[[], dict[str, bytes]]] = {
    name: _of_layer(make) for name, make in LAYERS.items()
}
ATTACKS |= {"secrets-in-every-layer": _in_every_layer, "config-of-settings": _config}
"""The images by name."""
LONG = {
    "scripts-that-match": 25.0,
    "archive-many": 20.0,
    "licence-flood": 15.0,
    "text-of-keywords": 15.0,
}
"""
CPU seconds of those that are many files, many words, or end by the bound on the time of an image.

Each takes less than half of it on an idle machine: a busy or slower one keeps it as well.
"""


def _honest_texts() -> bytes:
    words = b" ".join(b"word%d" % n for n in range(400))
    return layer.tar(
        layer.file("srv/line.json", b'{"a": "' + _filled(words, 20 * MIB) + b'"}'),
        layer.file("srv/doc.txt", b"Set the password and the token of the API key.\n" * 50_000),
        layer.file("srv/cert.pem", b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n" * 9000),
    )  # fmt: skip


def _mit(holder: bytes) -> bytes:
    return b"MIT License\n\nCopyright (c) " + holder + b"\n\nLicensed under the MIT license.\n"


def _honest_licences() -> bytes:
    return layer.tar(
        *(layer.file(f"srv/{n}/LICENSE", _mit(b"%d" % n) * 40) for n in range(1000)),
    )


def _honest_programs() -> bytes:
    return layer.tar(
        *(layer.file(f"usr/bin/p{n}", elf([(".text", b"\x90" * 99)]), mode=0o755) for n in range(500))
    )  # fmt: skip


TWINS: dict[str, Callable[[], bytes]] = {
    "archives": lambda: each_kind(b"PATH=/usr/bin\n"),
    "texts": _honest_texts,
    "licences": _honest_licences,
    "elf-files": _honest_programs,
}
"""Honest layers of those shapes, in which nothing is to be found."""
