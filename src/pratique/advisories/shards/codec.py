"""
Write advisories as the bytes a shard keeps, and back.

Law: ``unpack(pack(x)) == x``. Statements are short arrays without their trailing defaults;
advisories are msgpack under zstd with a dictionary trained on the shard's own texts, because each
is small and they resemble each other.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pratique.model.advisory import Advisory, Affected, FixState, Import, Range
from pratique.model.severity import Severity

DICTIONARY_BYTES = 64 << 10
SAMPLES = 2000
"""Advisories a dictionary is trained on; fewer than ``MIN_SAMPLES`` are not worth one."""
MIN_SAMPLES = 100
LEVEL = 6
_MAX_BODY_BYTES = 16 << 20

_STATES = tuple(FixState)
_GRADES = tuple(Severity)
_ENCODER = msgspec.msgpack.Encoder()
_ADVISORIES = msgspec.msgpack.Decoder(Advisory)


class _Statement(Struct, array_like=True, gc=False):
    state: int = len(_STATES) - 1
    ranges: tuple[Range, ...] = ()
    severity: int | None = None
    note: str = ""
    versions: tuple[str, ...] = ()
    arches: tuple[str, ...] = ()
    module: str = ""
    imports: tuple[Import, ...] = ()


_STATEMENTS = msgspec.msgpack.Decoder(_Statement)
_RANGE_DEFAULTS = ["0", "", "", "", "ECOSYSTEM"]


def pack_affected(affected: Affected) -> bytes:
    """Return a statement without its ecosystem and name, which the shard keeps apart."""
    fields: list[object] = [
        _STATES.index(affected.state),
        [_trimmed(_range(interval), _RANGE_DEFAULTS) for interval in affected.ranges],
        None if affected.severity is None else _GRADES.index(affected.severity),
        affected.note,
        affected.versions,
        affected.arches,
        affected.module,
        affected.imports,
    ]
    return _ENCODER.encode(_trimmed(fields, [None, [], None, "", (), (), "", ()]))


def unpack_affected(body: bytes, ecosystem: str, name: str) -> Affected:
    """Return the statement that ``pack_affected`` wrote."""
    found = _STATEMENTS.decode(body)
    return Affected(
        ecosystem=ecosystem,
        name=name,
        ranges=found.ranges,
        versions=found.versions,
        state=_STATES[found.state],
        arches=found.arches,
        module=found.module,
        severity=None if found.severity is None else _GRADES[found.severity],
        note=found.note,
        imports=found.imports,
    )


def train(samples: Sequence[bytes]) -> bytes:
    """Return a dictionary for texts like ``samples``, empty where they are too few or too alike."""
    import zstandard  # not needed to read the small shards

    if len(samples) < MIN_SAMPLES:
        return b""
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, list(samples)).as_bytes()
    except zstandard.ZstdError:
        return b""


def plain(advisory: Advisory) -> bytes:
    """Return an advisory uncompressed; its statements must have been taken out."""
    return _ENCODER.encode(advisory)


class Compressor:
    """Compress what ``plain`` returns."""

    def __init__(self, dictionary: bytes) -> None:
        import zstandard  # see train

        data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._zstd = zstandard.ZstdCompressor(
            level=LEVEL, dict_data=data, write_checksum=False, write_dict_id=False
        )

    def __call__(self, body: bytes) -> bytes:
        """Return the compressed bytes."""
        return self._zstd.compress(body)


class Expander:
    """Read advisories back; raises ``ValueError`` for bytes that are damaged."""

    def __init__(self, dictionary: bytes) -> None:
        import zstandard  # see train

        data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._zstd = zstandard.ZstdDecompressor(dict_data=data)
        self._error = zstandard.ZstdError

    def __call__(self, body: bytes) -> Advisory:
        """Return the advisory."""
        try:
            return _ADVISORIES.decode(self._zstd.decompress(body, max_output_size=_MAX_BODY_BYTES))
        except (self._error, msgspec.DecodeError) as error:
            raise ValueError(f"a damaged advisory: {error}") from None


def _range(interval: Range) -> list[object]:
    return [
        interval.introduced,
        interval.fixed,
        interval.last_affected,
        interval.limit,
        interval.kind,
    ]


def _trimmed(fields: list[object], defaults: Sequence[object]) -> list[object]:
    last = len(fields)
    while last and fields[last - 1] == defaults[last - 1]:
        last -= 1
    return fields[:last]
