"""The short way and the careful way to an entry agree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.tar.entry import Meta, Owners, full_entry, plain_entry
from pratique.model.errors import FormatError
from pratique.model.layer import EntryKind
from tests.makers import layer as make


def quiet(path: str, reason: str) -> None:
    """Take a note."""


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_plain_entries_are_full_entries(data: st.DataObject) -> None:
    """Whatever ``plain_entry`` takes on, ``full_entry`` says the same of."""
    name = data.draw(st.one_of(st.text("ab./\0é", max_size=12), st.just("./usr/bin/x"))).encode()
    block = bytearray(
        make.header(
            name,
            kind=data.draw(st.sampled_from([b"0", b"2", b"5", b"\0", b"1", b"3", b"7"])),
            size=data.draw(
                st.sampled_from([0, 7, b"00000000010 ", b"8", b"1_0", b"+1", b"777777777777"])
            ),
            mtime=data.draw(st.sampled_from([0, 1700000000, b"  17", b"\xff" * 12])),
            magic=data.draw(st.sampled_from([b"ustar\x0000", b"ustar  \0", b""])),
            link=data.draw(st.sampled_from([b"", b"t", b"t\0u", b"\xe9"])),
            prefix=data.draw(st.sampled_from([b"", b"p"])),
        )
    )
    for _ in range(data.draw(st.integers(0, 2))):
        block[data.draw(st.integers(0, 511))] = data.draw(st.integers(0, 255))
    owners: Owners = {bytes(block[100:124]): (0o644, 1, 2)}
    plain = plain_entry(bytes(block), owners)
    if plain is None:
        return
    block[100:124] = make.octal(0o644, 8) + make.octal(1, 8) + make.octal(2, 8)
    parsed = full_entry(bytes(block), Meta(), {}, quiet)
    assert parsed.entry == plain
    assert parsed.stored_bytes == plain.size_bytes
    assert not parsed.climbs
    assert not parsed.hides


def test_unknown_owners_are_looked_at_closely() -> None:
    """And known from then on."""
    owners: Owners = {}
    block = make.header(b"f", mode=0o100755, uid=3)
    assert plain_entry(block, owners) is None
    assert full_entry(block, Meta(), owners, quiet).entry.mode == 0o755
    found = plain_entry(block, owners)
    assert found is not None
    assert (found.mode, found.uid, found.kind) == (0o755, 3, EntryKind.FILE)


def test_bad_owners_and_times_are_noted_not_fatal() -> None:
    """The framing does not depend on them."""
    notes: list[str] = []
    block = make.header(b"f", uid=b"zz", mtime=b"zz")
    parsed = full_entry(block, Meta(), {}, lambda _path, reason: notes.append(reason))
    assert (parsed.entry.uid, parsed.entry.mtime_s, len(notes)) == (0, 0, 2)
    meta = Meta(records={b"uid": b"9" * 400, b"mtime": b"inf"})
    full_entry(make.header(b"f"), meta, {}, lambda _path, reason: notes.append(reason))
    assert len(notes) == 4


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=512, max_size=512))
def test_any_block_fails_cleanly(block: bytes) -> None:
    """Only ``FormatError``."""
    try:
        full_entry(block, Meta(), {}, quiet)
    except FormatError:
        pass
    assert plain_entry(block, {}) is None
