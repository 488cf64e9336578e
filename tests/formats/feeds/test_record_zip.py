"""Archives of records are read whole and checked, or refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.record_zip import records
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded


def archive(**members: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return body.getvalue()


def read(raw: bytes, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    return list(records(io.BytesIO(raw), ".json", limits or Limits()))


def test_members_come_in_order_and_by_suffix() -> None:
    """Only the records are read."""
    raw = archive(**{"b.json": b"1", "README": b"x", "a.json": b"2", "d/": b""})

    assert read(raw) == [("b.json", b"1"), ("a.json", b"2")]


def test_a_changed_byte_is_noticed() -> None:
    """The CRC of every member is checked."""
    raw = bytearray(archive(**{"a.json": bytes(range(256)) * 40}))
    raw[60] ^= 0xFF

    with pytest.raises(FormatError):
        read(bytes(raw))


@pytest.mark.parametrize("kept", [0, 10, 100, -1])
def test_a_cut_archive_is_refused(kept: int) -> None:
    """The directory stands at the end, so a cut archive has none."""
    with pytest.raises(FormatError):
        read(archive(**{"a.json": bytes(1000)})[:kept])


def test_limits_hold() -> None:
    """Too many records, or one too large, are refused before they are unpacked."""
    raw = archive(**{"a.json": bytes(2000), "b.json": b""})

    with pytest.raises(LimitExceeded):
        read(raw, Limits(feed_records=1))
    with pytest.raises(LimitExceeded):
        read(raw, Limits(feed_record_bytes=1999))


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(max_size=3))
def test_only_format_errors_escape(raw: bytes, at: int, patch: bytes) -> None:
    """Arbitrary bytes and damaged archives end in FormatError or are read."""
    damaged = bytearray(archive(**{"a.json": raw}))
    damaged[at : at + len(patch)] = patch
    for content in (raw, bytes(damaged)):
        try:
            read(content)
        except FormatError:
            pass
