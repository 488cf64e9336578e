"""Setting up is decided by a stamp: what it covers, and what makes it stale."""

import pytest

from tools import set_up


def test_each_profile_has_its_own_stamp() -> None:
    """An environment for running is not taken for one for developing."""
    stamps = {set_up.stamp(profile) for profile in set_up.PROFILES}

    assert len(set_up.PROFILES) == len(stamps)


@pytest.mark.parametrize("profile", list(set_up.PROFILES))
def test_the_stamp_is_stable(profile: str) -> None:
    """Nothing changed, so nothing is set up again."""
    assert set_up.stamp(profile) == set_up.stamp(profile)


@pytest.mark.parametrize(
    ("wider", "profile", "serves"),
    [
        ("run", "run", True),
        ("dev", "run", True),
        ("bench", "dev", True),
        ("run", "dev", False),
        ("fuzz", "dev", True),
        ("fuzz", "bench", False),
    ],
)
def test_a_wider_environment_serves_a_narrower_need(wider: str, profile: str, serves: bool) -> None:
    """`make demo` after `make test` installs nothing."""
    assert serves == set_up.covers(wider, profile)


def test_it_refuses_an_unknown_profile(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt profile is a usage error, not a default."""
    assert set_up.main(["production"]) == 2
    assert "usage:" in capsys.readouterr().err


def test_every_profile_is_pinned() -> None:
    """Each profile is made of files that exist."""
    for names in set_up.PROFILES.values():
        for name in names:
            assert (set_up.ROOT / "requirements" / f"{name}.txt").is_file()
