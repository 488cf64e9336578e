"""Laws: a profile is as strict as the one before it on every point, and its hash names its version."""

import pytest
from msgspec.structs import replace

from pratique.model.errors import UsageError
from pratique.model.verdict import Answer, Mode
from pratique.policy.deciding import ANSWERS
from pratique.policy.doubts import ALWAYS_UNDECIDED, DOUBTS
from pratique.policy.profiles import PROFILES, may_be_worth, profile
from pratique.policy.rules import RULES

PERMISSIVE, BASELINE, STRICT = PROFILES.values()


@pytest.mark.parametrize(("milder", "stricter"), [(PERMISSIVE, BASELINE), (BASELINE, STRICT)])
def test_each_is_at_least_as_strict(milder: object, stricter: object) -> None:
    for one in RULES:
        left, right = milder.modes[one.name], stricter.modes[one.name]  # type: ignore[attr-defined]
        assert ANSWERS[left].rank <= ANSWERS[right].rank
    for name in DOUBTS:
        left, right = milder.doubts[name], stricter.doubts[name]  # type: ignore[attr-defined]
        assert left.rank <= right.rank


def test_every_profile_weighs_every_rule() -> None:
    names = {one.name for one in RULES}
    assert all(one.modes.keys() == names for one in PROFILES.values())


def test_the_hash_covers_modes_doubts_and_figures() -> None:
    changed = replace(BASELINE, modes={**BASELINE.modes, "malware": Mode.WARN})
    doubting = replace(BASELINE, doubts={**BASELINE.doubts, "partly-read": Answer.ALLOW})
    longer = replace(BASELINE, settings=replace(BASELINE.settings, fix_grace_days=15))
    hashes = {one.sha256 for one in (BASELINE, changed, doubting, longer, PERMISSIVE, STRICT)}
    assert len(hashes) == 6
    assert replace(BASELINE).sha256 == BASELINE.sha256


def test_no_policy_can_let_pass_what_was_not_read() -> None:
    for name in DOUBTS:
        assert may_be_worth(name, Answer.UNDECIDED)
        assert not may_be_worth(name, Answer.DENY)
        assert may_be_worth(name, Answer.ALLOW) is (name not in ALWAYS_UNDECIDED)


def test_an_unknown_profile_is_usage() -> None:
    with pytest.raises(UsageError):
        profile("lenient")
