"""Law: a built-in profile as a policy decides as the profile says, and names no file."""

from pratique.policy.policy import policy_of
from pratique.policy.profiles import PROFILES


def test_a_profile_is_a_policy() -> None:
    for name, one in PROFILES.items():
        policy = policy_of(one)
        assert (policy.modes, policy.doubts, policy.settings) == (
            *(one.modes, one.doubts),
            one.settings,
        )
        assert (policy.name.name, policy.name.place, policy.name.extends) == (name, "", "")
        assert (policy.rules, policy.exceptions, policy.examples) == ((), (), ())
