"""Licence files are known by name and place; each licence of one is a spot."""

import pytest

from pratique.licences import scanner as unit
from pratique.licences.scanner import LicenceScanner
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from pratique.model.spot import Scanner
from tests.licences.texts import GPL_NOTICE, MIT
from tests.makers.layer_file import layer_file

SCANNER = LicenceScanner()


@pytest.mark.parametrize(
    "path",
    [
        "app/LICENSE",
        "app/LICENCE.txt",
        "app/COPYING.LESSER",
        "app/MIT-LICENSE.md",
        "app/node_modules/x/license",
        "usr/share/doc/bash/copyright",
        "usr/share/licenses/bash/AUTHORS-AND-TERMS",
        "srv/THIRD_PARTY_LICENSES.txt",
        "opt/UNLICENSE",
        "opt/EULA.rtf",
    ],
)
def test_files_that_are_wanted(path: str) -> None:
    """By what they are called."""
    assert SCANNER.wants(path, b"text", 10)


@pytest.mark.parametrize(
    "path",
    [
        "app/license.py",
        "app/LICENSE.png",
        "app/NOTICE",
        "app/README.md",
        "app/copyright.html",
        "usr/share/common-licenses/GPL-3",
        "usr/lib/python3/licensing",
    ],
)
def test_files_that_are_not_wanted(path: str) -> None:
    """Code, and the texts that a distribution keeps for others to point at."""
    assert not SCANNER.wants(path, b"text", 10)


def test_binary_and_empty_files_are_not_wanted() -> None:
    """Whatever their name."""
    assert not SCANNER.wants("LICENSE", b"\x7fELF\0\0", 10)
    assert not SCANNER.wants("LICENSE", b"", 0)


def test_a_spot_for_each_licence() -> None:
    """Graded by its class, with how much of the text is there."""
    mit, gpl = SCANNER.scan(layer_file("LICENSE", MIT + "\n" + GPL_NOTICE))

    assert (mit.scanner, mit.rule, mit.severity) == (Scanner.LICENCE, "MIT", Severity.NEGLIGIBLE)
    assert mit.note.endswith("% of the text")
    assert (gpl.rule, gpl.severity) == ("GPL-2.0-or-later", Severity.MEDIUM)
    assert gpl.line > mit.line == 1


def test_a_long_file_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands across the seam of two is recognised, on its line."""
    monkeypatch.setattr(unit, "PIECE_CHARS", 6000)
    monkeypatch.setattr(unit, "OVERLAP_CHARS", 2500)
    (mit,) = SCANNER.scan(layer_file("LICENSE", "x\n" * 2500 + MIT + "y\n" * 2500))

    assert (mit.rule, mit.line) == ("MIT", 2501)


def test_many_copies_are_one_licence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seam in the middle of one makes it no other licence."""
    monkeypatch.setattr(unit, "PIECE_CHARS", 20_000)
    monkeypatch.setattr(unit, "OVERLAP_CHARS", 2_000)
    spots = list(SCANNER.scan(layer_file("LICENSE", (MIT + "-----\n") * 100)))

    assert [one.rule for one in spots] == ["MIT"]


def test_a_file_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It becomes an Unknown, not silence."""
    monkeypatch.setattr(unit, "FILE_BYTES", 10)

    with pytest.raises(FormatError):
        list(SCANNER.scan(layer_file("LICENSE", MIT)))


def test_the_version_changes_with_the_reference_texts() -> None:
    """It is a part of the key of the cache."""
    assert SCANNER.version == LicenceScanner().version
    assert len(SCANNER.version) > 8
