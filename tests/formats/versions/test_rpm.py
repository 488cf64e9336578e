"""Compare the rpm order with rpm itself, and prove the rule for missing epochs."""

import subprocess
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.formats.versions.rpm import assume_epoch, has_epoch, sort_key
from pratique.model.errors import FormatError

PART = st.text(alphabet="0019._~^abZ", min_size=1, max_size=7)
VERSIONS = st.builds(
    lambda epoch, version, release: f"{epoch}{version}-{release}",
    st.sampled_from(["", "0:", "1:", "02:"]),
    PART,
    PART,
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(st.tuples(VERSIONS, VERSIONS), min_size=80, max_size=120))
def test_rpm_says_the_same(pairs: list[tuple[str, str]], need: Callable[[str], str]) -> None:
    """For generated pairs, the keys compare as rpm.vercmp does (many in one call)."""
    script = " ".join(f'print(rpm.vercmp("{a}","{b}").." ")' for a, b in pairs)
    done = subprocess.run(
        [need("rpm"), "--eval", f"%{{lua: {script}}}"], capture_output=True, text=True, check=True
    )
    ours = [(sort_key(a) > sort_key(b)) - (sort_key(a) < sort_key(b)) for a, b in pairs]
    assert [int(answer) for answer in done.stdout.split()] == ours


def test_a_missing_epoch_is_taken_from_the_advisory() -> None:
    """5.26.3-419 of a SOURCERPM is not before 4:5.26.3-419, and a stated epoch stays."""
    fixed = "4:5.26.3-419.el8"
    assert sort_key("5.26.3-419.el8") < sort_key(fixed)
    assert sort_key(assume_epoch("5.26.3-419.el8", fixed)) == sort_key(fixed)
    assert assume_epoch("0:9-1", fixed) == "0:9-1"
    assert assume_epoch("9-1", "8-1") == "9-1"
    assert not has_epoch("1-1:2")


@pytest.mark.parametrize("version", ["-1", "1:", "1:-1"])
def test_a_version_part_is_needed(version: str) -> None:
    """Nothing before the release is no rpm version."""
    with pytest.raises(FormatError):
        sort_key(version)
