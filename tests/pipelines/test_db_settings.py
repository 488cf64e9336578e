"""Settings say where data are and come from."""

import os
from datetime import UTC, datetime
from pathlib import Path

from pratique.pipelines.db_settings import DAY_S, DbSettings


def test_defaults_are_a_days_age_and_the_process_environment() -> None:
    """Nothing but folder and time must be given; progress is silent."""
    settings = DbSettings(folder=Path("x"), now=datetime(2026, 1, 1, tzinfo=UTC))

    settings.tell("nobody listens", 1)
    assert settings.max_age_s == DAY_S == 24 * 3600
    assert settings.environment() is os.environ
    assert not settings.offline


def test_progress_is_passed_on() -> None:
    """What, and how many."""
    seen: list[tuple[str, int]] = []
    settings = DbSettings(
        folder=Path("x"),
        now=datetime(2026, 1, 1, tzinfo=UTC),
        environ={"A": "b"},
        progress=lambda what, count: seen.append((what, count)),
    )

    settings.tell("records", 3)

    assert seen == [("records", 3)]
    assert settings.environment() == {"A": "b"}
