"""Law: what Prometheus reads are the counts of the watch."""

from pathlib import Path

from pratique.pipelines.watch_metrics import WatchMetrics
from pratique.pipelines.watch_node import NodeWatch
from tests.pipelines.test_watch_node import settings


def test_counts_are_exposed(tmp_path: Path) -> None:
    """Events by type, alerts by rule, rules, memory."""
    with NodeWatch(settings(tmp_path)) as node:
        while not node.source.ended:
            node.turn()
        text = WatchMetrics(node).exposed().decode()

    assert 'pratique_events_total{type="openat"} 1\n' in text
    assert 'pratique_alerts_total{rule="shadow-read",priority="Error"} 1\n' in text
    assert 'pratique_rules_loaded{source="files"} 1\n' in text
    assert "pratique_resident_memory_bytes " in text


def test_who_asks_gets_what_the_owner_published(tmp_path: Path) -> None:
    """No table is read but by the thread that fills it, once a second."""
    with NodeWatch(settings(tmp_path)) as node:
        metrics = WatchMetrics(node)
        before = metrics.exposed()
        while not node.source.ended:
            node.turn()
        still = metrics.exposed()
        for one in node.each_tick:
            one()
        after = metrics.exposed().decode()

    assert b'type="openat"' not in before
    assert still == before
    assert 'pratique_events_total{type="openat"} 1\n' in after
