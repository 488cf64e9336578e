"""The table of ended releases holds days before the day it was taken, each written as ISO days are."""

from datetime import date

from pratique.checks.dockerfile._ended import CODENAMES, ENDED, TAKEN


def test_days() -> None:
    """Every day is a day, and has passed when the table was made."""
    days = [one.partition("=")[2] for listed in ENDED.values() for one in listed.split()]
    days += [day for _, day in CODENAMES.values()]

    assert len(days) > 300
    assert all(date.fromisoformat(day) < date.fromisoformat(TAKEN) for day in days)
