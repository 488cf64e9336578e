"""The smallest set is chosen: most risk first, nothing twice, nothing that breaks too much."""

from msgspec.structs import replace

from pratique.model.advisory import Epss
from pratique.model.edit import Edit
from pratique.model.finding import Finding, FindingKind
from pratique.model.severity import Severity
from pratique.remedies.choosing import choose, risk
from pratique.remedies.interface import Breaks, Change

FINDINGS = [
    Finding(id=name, kind=FindingKind.VULNERABILITY, rule=name, severity=severity)
    for name, severity in [
        ("a", Severity.CRITICAL), ("b", Severity.HIGH), ("c", Severity.LOW), ("d", Severity.LOW),
    ]
]  # fmt: skip


def change(what: str, clears: str, breaks: Breaks = Breaks.PATCH, **more: object) -> Change:
    fields: dict[str, object] = {"remedy": "r", "why": "w", **more}
    return Change(what=what, clears=tuple(clears), breaks=breaks, **fields)  # type: ignore[arg-type]


def chosen(*changes: Change, most: Breaks = Breaks.MINOR) -> list[str]:
    return [one.what for one in choose(changes, FINDINGS, most).taken]


def test_most_risk_first() -> None:
    assert chosen(change("low", "c"), change("high", "b"), change("critical", "a")) == [
        "critical",
        "high",
        "low",
    ]


def test_what_others_clear_is_not_chosen_too() -> None:
    """Nor kept, when later ones have made it needless."""
    assert chosen(change("part", "b"), change("all", "abcd")) == ["all"]
    assert chosen(change("ab", "ab"), change("ac", "acd"), change("bcd", "bcd")) in (
        ["ab", "ac"],
        ["ab", "bcd"],
    )
    assert chosen(change("abc", "bc"), change("ab", "ab"), change("cd", "cd")) == ["ab", "cd"]


def test_one_of_a_choice() -> None:
    small = change("small", "b", choice="x")
    large = change("large", "ab", Breaks.MAJOR, choice="x")

    assert chosen(small, large) == ["small"]
    assert chosen(small, large, most=Breaks.MAJOR) == ["large"]
    left = choose([small, large], FINDINGS, Breaks.MINOR).left
    assert [one.reason for one in left] == ["it may break more than a minor change"]


def test_edits_of_one_place_exclude_each_other() -> None:
    one = change("one", "a", edits=(Edit("f", 0, 5, b""),))
    two = change("two", "b", edits=(Edit("f", 3, 8, b""),))
    result = choose([one, two], FINDINGS, Breaks.MINOR)
    assert [c.what for c in result.taken] == ["one"]
    assert result.left[0].reason == "another change stands in its place"


def test_what_brings_more_than_it_clears_is_left() -> None:
    assert chosen(change("worse", "c", introduces=3), change("nothing", "")) == []


def test_less_breaking_wins_among_equals() -> None:
    assert chosen(change("minor", "a", Breaks.MINOR), change("patch", "a")) == ["patch"]


def test_exploited_and_likely_flaws_weigh_more() -> None:
    plain = FINDINGS[1]
    likely = replace(plain, epss=Epss(probability=0.9))
    assert risk([likely]) > risk([plain])
