"""Law: a policy's words are made of what it decides by."""

from msgspec.structs import replace

from pratique.model.verdict import Mode
from pratique.policy.describing import describe_policy, describe_profiles, describe_rule
from pratique.policy.policy import policy_of
from pratique.policy.profiles import PROFILES, profile


def section(lines: list[str], title: str) -> list[str]:
    """Return the names under a title."""
    start = lines.index(title) + 1
    end = lines.index("", start)
    return [line.split()[0] for line in lines[start:end]]


def test_a_changed_mode_moves_the_rule() -> None:
    policy = policy_of(profile("baseline"))
    changed = replace(policy, modes={**policy.modes, "root-user": Mode.DENY})
    before, after = list(describe_policy(policy)), list(describe_policy(changed))

    assert "root-user" in section(before, "It only records what is")
    assert "root-user" in section(after, "It denies what is")


def test_the_figures_are_told() -> None:
    assert "  a critical fix may wait 14 days" in describe_policy(policy_of(profile("strict")))


def test_each_profile_is_one_line() -> None:
    assert len(list(describe_profiles())) == len(PROFILES)


def test_a_rule_and_a_doubt_can_be_explained() -> None:
    rule, doubt = list(describe_rule("root-user")), list(describe_rule("unread-content"))
    assert rule[0] == "root-user (rule of policies)"
    assert "In the profiles: permissive: audit, baseline: audit, strict: deny." in rule
    assert doubt[0] == "unread-content (doubt of policies)"
    assert list(describe_rule("nothing")) == []
