"""What looks into files: archives of every kind, the search for secrets, licence texts; facts for CEL."""

from collections.abc import Iterator
from functools import cache

import msgspec
from msgspec.structs import replace

from fuzz.harness import Harness
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import DEFAULT
from pratique.licences.recognising import licences_in
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.severity import Severity
from pratique.pipelines.inner_files import InnerFiles
from pratique.policy.cel.facts import clean
from pratique.secrets import assignments, connections
from pratique.secrets.rules import all_kinds
from pratique.secrets.scanner import SecretScanner
from pratique.secrets.windows import windows
from tests.makers.attacks_contents import WRAPPERS, setting

LIMITS = replace(DEFAULT, archive_bytes=8 << 20, archive_archives=500, archive_depth=4)
_MOST = 10_000
"""Files looked at of one input; the budget of bytes allows more empty ones than is of use."""


def _inner(content: bytes) -> None:
    told: list[str] = []
    walk = InnerFiles(LIMITS, lambda path, head, size: True, lambda place, why: told.append(place))
    total = 0
    for number, (inside, file) in enumerate(walk.walk(HeldFile("a.bin", 0o644, content))):
        assert inside.startswith("!")
        total += file.size_bytes
        if number > _MOST:
            break
    # Each byte is unpacked once for every archive around it.
    assert total <= LIMITS.archive_bytes * LIMITS.archive_depth
    assert all(place == "" or place.startswith("!") for place in told)


def _archives() -> Iterator[bytes]:
    for wrap in WRAPPERS.values():
        yield wrap("a.env", setting())
        yield wrap("a.tar", WRAPPERS["tar"]("b.env", setting(1)))
        yield wrap("a.zip", WRAPPERS["zip"]("b.env", setting(2)))


@cache
def _scanner() -> SecretScanner:
    return SecretScanner((*assignments.RULES, *connections.RULES), engine="keywords")


def _secrets(content: bytes) -> None:
    """No value is shown; the search finds the same however the text comes."""
    spots = list(_scanner().scan(HeldFile("a.conf", 0o644, content)))
    for spot in spots:
        assert 1 <= spot.line <= content.count(b"\n") + 1 or spot.line == 0
    assert _scanner().masked("ENV", content) is not None
    list(_scanner().scan_text("ENV", content))


def _windows(content: bytes) -> None:
    """Every place is in the core of one window."""
    pieces = [content[at : at + 999] for at in range(0, len(content), 999)]
    at = 0
    for window in windows(pieces):
        assert window.offset + window.start == at
        at = window.offset + window.stop
        assert content[window.offset : window.offset + len(window.text)] == window.text
        assert window.line == content.count(b"\n", 0, window.offset) + 1
    assert at == len(content)


def _texts() -> Iterator[bytes]:
    for kind in all_kinds():
        for sample in kind.true[:1]:
            yield sample.make().encode()


def _licence(content: bytes) -> None:
    text = content.decode(errors="replace")
    for said in licences_in(text):
        assert 1 <= said.line <= text.count("\n") + 1


def _licences() -> list[bytes]:
    return [
        b"Permission is hereby granted, free of charge, to any person obtaining a copy of this\n",
        b"SPDX-License-Identifier: (MIT OR GPL-2.0+) AND BSD-3-Clause WITH x\n",
        b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
        b"Files: *\nLicense: GPL-2+ or MIT\n text\n .\n more\n",
        b"licensed under the GNU General Public License, either version 2, or any later version",
    ]


def _facts(content: bytes) -> None:
    """Whatever an image calls its files can be handed to CEL: valid text, and encodable."""
    text = content.decode("utf-8", "surrogateescape")
    finding = Finding(
        id=text, kind=FindingKind.SECRET, rule="password", title=text, severity=Severity.HIGH,
        confidence=Confidence.LOW, location=text, description=text,
    )  # fmt: skip
    facts = {"location": finding.location, "names": [text, {text: text}], "id": finding.id}
    made = clean(facts)  # type: ignore[arg-type]
    msgspec.json.encode(made)
    assert repr(made).isprintable()


def _names() -> list[bytes]:
    return [b"etc/passwd", b"\xff\xfe\0", b"a\x1b[31m\n", "żółć".encode(), b"\xed\xa0\x80"]


HARNESSES = (
    Harness("archives", _inner, _archives),
    Harness("secrets", _secrets, _texts),
    Harness("secret-windows", _windows, _texts),
    Harness("licences", _licence, _licences),
    Harness("cel-facts", _facts, _names),
)
