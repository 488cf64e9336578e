"""What a shard keeps comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.advisories.shards.codec import (
    MIN_SAMPLES,
    Compressor,
    Expander,
    pack_affected,
    plain,
    train,
    unpack_affected,
)
from pratique.model.advisory import Affected, FixState, Import, Range
from pratique.model.severity import Severity
from tests.makers.shards import advisory

TEXT = st.text(max_size=8)
RANGES = st.builds(Range, TEXT, TEXT, TEXT, TEXT, st.sampled_from(["ECOSYSTEM", "SEMVER"]))
AFFECTED = st.builds(
    Affected,
    ecosystem=st.just("Debian:12"),
    name=st.just("p"),
    ranges=st.lists(RANGES, max_size=3).map(tuple),
    versions=st.lists(TEXT, max_size=3).map(tuple),
    state=st.sampled_from(FixState),
    arches=st.lists(TEXT, max_size=2).map(tuple),
    module=TEXT,
    severity=st.none() | st.sampled_from(Severity),
    note=TEXT,
    imports=st.lists(st.builds(Import, TEXT, st.tuples(TEXT)), max_size=2).map(tuple),
)


@given(AFFECTED)
def test_statements_survive_the_trip(affected: Affected) -> None:
    """Trailing defaults are left out and come back."""
    assert unpack_affected(pack_affected(affected), "Debian:12", "p") == affected


def test_a_plain_statement_is_small() -> None:
    """A fixed range, the commonest statement, costs little more than its version."""
    affected = Affected(
        ecosystem="Debian:12", name="p", ranges=(Range("0", "1.2-3"),), state=FixState.FIXED
    )

    assert len(pack_affected(affected)) <= len("1.2-3") + 8


@pytest.mark.parametrize("count", [0, MIN_SAMPLES * 3])
def test_advisories_survive_the_trip(count: int) -> None:
    """With a dictionary and without one."""
    samples = [plain(advisory(f"CVE-2026-{n}", f"package-{n}", affected=())) for n in range(count)]
    dictionary = train(samples)
    kept = advisory("CVE-2026-1", affected=(), malicious=True, aliases=("GHSA-x",))

    body = Compressor(dictionary)(plain(kept))

    assert bool(dictionary) == bool(count)
    assert Expander(dictionary)(body) == kept


@pytest.mark.parametrize("body", [b"", b"junk", Compressor(b"")(b"\xc1")])
def test_damaged_bodies_are_refused(body: bytes) -> None:
    """Neither zstd nor msgpack errors escape as such."""
    with pytest.raises(ValueError, match="damaged"):
        Expander(b"")(body)
