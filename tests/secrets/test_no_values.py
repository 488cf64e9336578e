"""Law: no value leaves the scanner: not in a spot, a representation, an error or a traceback."""

import logging
import traceback

import pytest

from pratique.model.spot import Spot
from pratique.secrets import assignments, connections
from pratique.secrets.rules import all_kinds
from pratique.secrets.scanner import SecretScanner
from pratique.secrets.search import search_for
from pratique.secrets.windows import WHOLE
from tests.secrets.noise import TextFile, noise

LEAST = 6
"""Characters of a value that must not be seen in a row."""


def pieces(value: str):
    return [value[at : at + LEAST] for at in range(len(value) - LEAST + 1)]


def test_no_field_of_a_spot_holds_a_piece_of_the_value(caplog):
    caplog.set_level(logging.DEBUG)
    scanner = SecretScanner()
    for kind in all_kinds():
        for sample in kind.true:
            text = sample.make()
            hits = list(scanner._hits(sample.path, (text.encode(),)))
            spots = list(scanner.scan(TextFile(sample.path, text.encode())))
            assert len(hits) == len(spots)
            for hit, spot in zip(hits, spots, strict=True):
                value = hit.value.decode("latin-1")
                told = [
                    spot.shown,
                    repr(hit).replace(spot.rule, ""),
                    str(hit).replace(spot.rule, ""),
                ]
                assert not any(piece in one for piece in pieces(value) for one in told), kind.id
                assert len(spot.digest) == 64
                assert set(Spot.__struct_fields__) == {
                    "scanner", "rule", "title", "severity", "confidence", "inside", "line", "shown", "note", "digest", "aliases",
                }  # fmt: skip
    assert caplog.text == ""


def test_titles_and_notes_do_not_depend_on_the_text():
    by_id = {kind.id: kind for kind in all_kinds()}
    for spot in SecretScanner().scan(TextFile("a.env", f"DB_PASSWORD={noise(20)}".encode())):
        assert (spot.title, spot.note) == (by_id[spot.rule].title, by_id[spot.rule].rotate)


def test_a_crash_in_the_middle_does_not_tell_the_value():
    def broken(_match, _place):
        raise RuntimeError("a bug in a judge")

    secret = noise(24)
    rules = [assignments.Rule(kind=kind, judge=broken) for kind in connections.KINDS]
    scanner = SecretScanner(rules)
    with pytest.raises(RuntimeError) as caught:
        list(scanner.scan_text("ENV", f"redis://:{secret}@cache:6379".encode()))
    told = "".join(traceback.format_exception(caught.value))
    assert not any(piece in told for piece in pieces(secret))


def test_a_file_that_cannot_be_read_is_told_without_its_text():
    class Broken(TextFile):
        def read(self, offset, size):
            if offset:
                raise OSError("the disk is gone")
            return self.data[:size]

    secret = noise(24)
    long = f"PASSWORD={secret}\n".encode() + b"x\n" * WHOLE  # read in pieces
    with pytest.raises(OSError, match="disk") as caught:
        list(SecretScanner(assignments.RULES).scan(Broken("a", long)))
    assert secret[:LEAST] not in "".join(traceback.format_exception(caught.value))


def test_the_kept_database_knows_rules_only(tmp_path):
    secret = noise(24)
    rules = assignments.RULES
    search = search_for(rules, tmp_path, "hyperscan")
    search.of("a.env").regions(f"PASSWORD={secret}".encode())
    assert not any(secret.encode()[:LEAST] in file.read_bytes() for file in tmp_path.iterdir())
