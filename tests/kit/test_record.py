"""What a record is written from is what is read from it."""

import hashlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.record import EntryBudget, RecordReader, RecordWriter
from pratique.model.digest import sha256_of
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import Entry, EntryKind, FileFacts, Hashes, LayerFacts, Oddity
from pratique.model.package import OwnedFile, Package, PackageType, Purl
from pratique.model.unknown import Stage, Unknown, Weight

UNKNOWN = Unknown(stage=Stage.LAYER, unit="u", location="l", reason="r", weight=Weight.BLOCKING)
PACKAGE = Package(
    type=PackageType.NPM, name="@a/b", version="1", purl=Purl("pkg:npm/%40a/b@1"), declared=True
)
FACTS = LayerFacts(
    blob=sha256_of(b"1"),
    diff_id=sha256_of(b"2"),
    blob_bytes=3,
    tar_bytes=4,
    entries=(),
    hashes={"aa": Hashes("s", "m")},
    unknowns=(UNKNOWN,),
    oddities=(Oddity("p", "r"),),
)


def finds(files: list[bytes]) -> tuple[FileFacts, ...]:
    owned = ((OwnedFile("a/b", "md5:1"),),)
    return tuple(FileFacts(at, (PACKAGE,), owned, (UNKNOWN,)) for at in range(len(files)))


def written(entries: list[Entry], files: list[bytes]) -> bytes:
    frames: list[bytes] = []
    writer = RecordWriter(frames.append)
    for content in files:
        writer.kept(hashlib.sha256(content).hexdigest(), content)
    for entry in entries:
        writer.entry(entry)
    for found in finds(files):
        writer.found(found)
    for sha256, hashes in FACTS.hashes.items():
        writer.hashed(sha256, hashes)
    writer.progress(17)
    writer.finish(msgspec.structs.replace(FACTS, hashes={}))
    return b"".join(frames)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            Entry,
            st.text(st.characters(codec="utf-8"), max_size=9),
            st.sampled_from(EntryKind),
            st.integers(0, 0o7777),
            st.integers(-(1 << 63), (1 << 63) - 1),
        ),
        max_size=9,
    ),
    st.lists(st.binary(max_size=99), max_size=4, unique=True),
    st.integers(1, 64),
)
def test_round_trip(entries: list[Entry], files: list[bytes], size: int) -> None:
    """Fed in pieces of any size."""
    kept = KeptFiles(1 << 20, 1 << 20)
    told: list[int] = []
    reader = RecordReader(kept, bounded(1 << 20), None, told.append)
    record = written(entries, files)
    for at in range(0, len(record), size):
        reader.feed(record[at : at + size])
    expected = msgspec.structs.replace(FACTS, entries=tuple(entries), found=finds(files))
    assert reader.finished() == expected
    assert [kept.get(sha256) for sha256 in reader.kept_hashes] == files
    assert told == [17]


def test_many_entries_come_in_runs() -> None:
    """Order is kept across frames."""
    entries = [Entry(str(n), EntryKind.FILE) for n in range(10_000)]
    reader = RecordReader(KeptFiles(0, 0), bounded(1 << 24))
    reader.feed(written(entries, []))
    assert list(reader.finished().entries) == entries


def test_many_hashes_come_in_runs() -> None:
    """A worker holds no more of them than one run: 150,000 small files were too many for it."""
    frames: list[bytes] = []
    writer = RecordWriter(lambda frame: frames.append(bytes(frame)))
    hashes = {f"{n:064x}": Hashes("s" * 40, "m" * 32) for n in range(10_000)}
    for sha256, others in hashes.items():
        writer.hashed(sha256, others)
    writer.finish(msgspec.structs.replace(FACTS, hashes={}))
    reader = RecordReader(KeptFiles(0, 0), bounded(1 << 24))
    reader.feed(b"".join(frames))
    assert reader.finished().hashes == hashes
    assert max(map(len, frames)) < 1 << 20


def test_bounds_and_ends() -> None:
    """Too much, cut short, going on behind the end: refused."""
    record = written([Entry("a", EntryKind.FILE)], [b"x" * 100])
    with pytest.raises(LimitExceeded):
        RecordReader(KeptFiles(1000, 1000), bounded(50)).feed(record)
    with pytest.raises(LimitExceeded):
        RecordReader(KeptFiles(10, 10), bounded(5000)).feed(record)
    short = RecordReader(KeptFiles(1000, 1000), bounded(5000))
    short.feed(record[:-1])
    with pytest.raises(FormatError, match="cut short"):
        short.finished()
    longer = RecordReader(KeptFiles(1000, 1000), bounded(5000))
    with pytest.raises(FormatError, match="behind its end"):
        longer.feed(record + record)


@pytest.mark.parametrize("head", [b"\xdd\x00\x00\x10\x01", b"\xdd\xff\xff\xff\xff"])
def test_a_run_is_never_longer_than_one_is_written(head: bytes) -> None:
    """Three bytes of a worker that was taken over would become an entry of a hundred and fifty."""
    payload = head + b"\x92\xa0\x00" * 4097
    reader = RecordReader(KeptFiles(0, 0), bounded(1 << 20))
    with pytest.raises(FormatError, match="too long"):
        reader.feed(b"E" + len(payload).to_bytes(4, "big") + payload)


def test_a_file_under_the_name_of_another_is_refused() -> None:
    """A worker that was taken over must not put its own bytes in the place of another layer's."""
    name = hashlib.sha256(b"the base image's database").hexdigest()
    frames: list[bytes | bytearray] = []
    RecordWriter(frames.append).kept(name, b"an empty one")
    kept = KeptFiles(1000, 1000)
    with pytest.raises(FormatError, match="not what it is named"):
        RecordReader(kept, bounded(5000)).feed(b"".join(frames))
    assert name not in kept
    RecordReader(kept, bounded(5000), verified=True).feed(b"".join(frames))
    assert kept.get(name) == b"an empty one"


def test_a_reader_that_gives_up_gives_back() -> None:
    """What is read a second time is counted once."""
    record = written([Entry("a", EntryKind.FILE)] * 3, [])
    limits = msgspec.structs.replace(DEFAULT, image_entries=5)
    budget = EntryBudget(limits)
    for _ in range(4):
        reader = RecordReader(KeptFiles(0, 0), limits, budget)
        reader.feed(record)
        reader.give_up()


def test_one_budget_for_all_layers() -> None:
    """Entries and their bytes are counted over the readers that share it."""
    record = written([Entry("a", EntryKind.FILE)] * 3, [])
    for limits in (
        msgspec.structs.replace(DEFAULT, image_entries=5),
        msgspec.structs.replace(DEFAULT, image_entry_bytes=60),
    ):
        budget = EntryBudget(limits)
        RecordReader(KeptFiles(0, 0), limits, budget).feed(record)
        with pytest.raises(LimitExceeded, match="image_entries"):
            RecordReader(KeptFiles(0, 0), limits, budget).feed(record)


def test_packages_of_all_layers_are_bounded_together() -> None:
    """What is given up counts no more."""
    limits = msgspec.structs.replace(DEFAULT, image_packages=3)
    budget, record = EntryBudget(limits), written([], [b"1", b"2"])
    first = RecordReader(KeptFiles(100, 100), limits, budget)
    first.feed(record)
    first.give_up()
    RecordReader(KeptFiles(100, 100), limits, budget).feed(record)
    with pytest.raises(LimitExceeded, match="image_packages"):
        RecordReader(KeptFiles(100, 100), limits, budget).feed(record)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(b"KEFHPX"))
def test_nonsense_fails_cleanly(noise: bytes, kind: int) -> None:
    """A worker that was taken over can send anything."""
    reader = RecordReader(KeptFiles(1000, 1000), bounded(5000))
    try:
        reader.feed(bytes([kind]) + len(noise).to_bytes(4, "big") + noise)
        reader.feed(noise)
        reader.finished()
    except FormatError:
        pass


def bounded(result_bytes: int) -> Limits:
    """Return limits with this bound on a record."""
    return msgspec.structs.replace(DEFAULT, result_bytes=result_bytes)
