import pytest
from msgspec.structs import replace

from pratique.model.advisory import DataStatus, FixState
from pratique.model.unknown import Stage
from pratique.reports._sentences import (
    checked_words,
    data_gaps,
    data_words,
    distro_words,
    fix_words,
    gaps,
    size,
)
from tests.makers import report as made


def test_blocking_gaps_come_first_and_say_what_may_be_missing():
    """The worst is read first, with its consequence."""
    subject = made.subject(unknowns=(made.UNCOVERED, made.UNREADABLE))
    first, second = gaps(subject, made.report(subject))
    assert first.startswith("var/lib/rpm/Packages: ")
    assert first.endswith("(packages may be missing)")
    assert second == "no advisory data for conda"


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_words_for_its_consequence(stage: Stage):
    """A blocking Unknown of any stage can be said."""
    subject = made.subject(unknowns=(replace(made.UNREADABLE, stage=stage),))
    assert gaps(subject, made.report(subject))[0].endswith("may be missing)")


def test_missing_data_are_said_once():
    """An ecosystem that an Unknown already speaks of is not said again."""
    absent = DataStatus(ecosystem="conda", present=False)
    silent, said = made.subject(), made.subject(unknowns=(made.UNCOVERED,))
    assert len(data_gaps(silent, made.report(silent, data=(absent,)))) == 1
    assert data_gaps(said, made.report(said, data=(absent,))) == []


def test_an_inventory_has_no_data_gaps():
    """Who did not ask for flaws is not told that there are no data on them."""
    subject = made.subject()
    assert data_gaps(subject, made.report(subject, scanned=False, data=())) == []


@pytest.mark.parametrize(
    ("built", "words", "old"),
    [
        ("2026-11-21T01:00:00Z", "(today)", False),
        ("2026-11-22T01:00:00Z", "(today)", False),
        ("2026-11-14T00:00:00Z", "(7 days old)", False),
        ("2026-11-13T00:00:00Z", "(8 days old)", True),
        ("", "of unknown date", True),
        ("soon", "of unknown date", True),
    ],
)
def test_data_are_old_after_a_week(built: str, words: str, old: bool):
    """The age counts from the fetch; a clock ahead of ours is not negative."""
    status = replace(made.DATA, built=built, newest=built)
    ((line, is_old),) = data_words([status], made.NOW)
    assert words in line
    assert is_old is old


def test_checked_words_name_the_oldest_data():
    """With several ecosystems the least recent date is what the answer rests on."""
    older = replace(made.DATA, ecosystem="PyPI", newest="2026-10-01T00:00:00Z")
    subject = made.subject()
    assert checked_words(subject, made.report(subject, data=(made.DATA, older))).endswith(
        "up to 2026-10-01"
    )


def test_a_distribution_without_a_name_is_said_by_its_id():
    """os-release without PRETTY_NAME, and no os-release at all."""
    assert distro_words(made.subject(distro=replace(made.DISTRO, name=""))) == "debian 12"
    assert distro_words(made.subject(distro=None)) == "no distribution recognised"


def test_every_fix_state_has_words():
    """No state is shown as code."""
    assert all(fix_words(state) for state in FixState)


def test_sizes_are_short():
    """A size is a figure that a person takes in."""
    assert [size(n) for n in (0, 1023, 1024, 1 << 30)] == ["0 B", "1023 B", "1.0 KiB", "1.0 GiB"]


def test_data_that_only_lent_scores_are_named_apart():
    """They are no data that packages were matched with: neither their age nor "complete" rests on them."""
    lent = DataStatus(ecosystem="SUSE", present=True, built="2020-01-01", scores_only=True)
    words = data_words((made.DATA, lent), made.NOW)
    assert [line for line, _ in words] == [
        "Debian of 2026-11-20 (1 day old)",
        "scores also from SUSE",
    ]
    assert not any(old for _, old in words)
    subject = made.subject()
    assert "2020" not in checked_words(subject, made.report(subject, data=(made.DATA, lent)))


def test_data_of_one_age_are_told_together():
    """Five shards fetched at once are one fact."""
    other = replace(made.DATA, ecosystem="PyPI")
    older = replace(made.DATA, ecosystem="npm", built="2026-01-01")
    first, second = data_words((made.DATA, other, older), made.NOW)
    assert first[0].startswith(f"{made.DATA.ecosystem}, PyPI of ")
    assert second[0].startswith("npm of 2026-01-01")
    assert second[1]
