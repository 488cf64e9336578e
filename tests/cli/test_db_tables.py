"""What `pratique db` prints is harmless, and says what a person must know."""

from pratique.advisories.shards.feeds import FeedRow
from pratique.cli.db_tables import results, statuses
from pratique.pipelines.db_settings import Outcome, Refreshed
from pratique.pipelines.db_status import ShardStatus


def test_results_name_outcome_notes_and_problems() -> None:
    """One line per shard; what went wrong stands below it."""
    lines = list(
        results(
            [
                Refreshed(
                    shard="Debian",
                    outcome=Outcome.PATCHED,
                    records=12345,
                    size_bytes=3 << 20,
                    problems=("osv: cut\x1b[2J",),
                    notes=("built again",),
                ),
                Refreshed(shard="Fedora", outcome=Outcome.NO_DATA),
            ]
        )
    )

    assert lines[0].split() == ["Debian", "patched", "12,345", "records", "3.0", "MB"]
    assert lines[1:3] == ["  note: built again", "  problem: osv: cut\ufffd[2J"]
    assert lines[3].split() == ["Fedora", "no", "data"]


def test_statuses_show_whose_data_they_are() -> None:
    """Licence and attribution per feed; unproven feeds, skipped records and problems marked."""
    feeds = (
        FeedRow(
            name="native",
            title="Native",
            url="https://n",
            licence="MIT",
            proven=True,
            problem="down",
        ),
        FeedRow(name="osv", title="OSV", url="https://o", skipped=("CVE-1: strange",)),
    )
    shard = ShardStatus(
        shard="Debian",
        records=3,
        newest="2026-01-02T03:04:05Z",
        built="2026-11-21T12:00:00Z",
        age_s=7200.0,
        size_bytes=1 << 20,
        feeds=feeds,
        unproven=("osv",),
    )
    text = "\n".join(statuses([shard, ShardStatus(shard="Alpine", problem="Alpine is damaged")]))

    assert "2026-01-02  2026-11-21  2h ago   1.0 MB  native, osv*" in text
    assert "problem: Alpine is damaged" in text
    assert "Debian: osv skipped unreadable records: CVE-1: strange" in text
    assert "Debian: native could not be read: down" in text
    assert "licence: MIT" in text
    assert "* unproven" in text
    assert max(map(len, text.splitlines()[:2])) <= 80


def test_statuses_name_the_mirror() -> None:
    """Shards of one mirror share a line; those of the publishers need none."""
    shards = [
        ShardStatus(shard="Alpine", origin="https://m.example"),
        ShardStatus(shard="Debian"),
        ShardStatus(shard="kev", origin="https://m.example"),
    ]
    lines = list(statuses(shards))

    assert "from https://m.example: Alpine, kev" in lines
    assert not any("from " in line and "Debian" in line for line in lines)
