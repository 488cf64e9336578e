"""Law: a recording ends, says how it was cut, and is not changed by anybody."""

from pathlib import Path

from pratique.model.interest import EVERYTHING
from pratique.pipelines.watch_sources import BATCH, ReplaySource
from tests.makers.watched import recorded, story


def test_a_recording_comes_in_batches_and_ends(tmp_path: Path) -> None:
    """In order; the end is said when nothing comes any more."""
    events = story() * (BATCH // 2)
    source = ReplaySource(recorded(tmp_path / "r", events))
    seen = []
    while not source.ended:
        seen += list(source.events(0))
    source.want(EVERYTHING)
    source.poll(1)
    source.refresh()
    source.close()

    assert len(seen) == len(events)
    assert source.cut == ""
    assert source.readiness.sensor == "replay"
    assert (list(source.before()), list(source.running())) == ([], [])
    assert (source.ask, source.counts(), source.given_up()) == (None, {}, 0)


def test_what_a_redacted_recording_lacks_is_said(tmp_path: Path) -> None:
    """As of any sensor that is blind for something."""
    from msgspec.structs import replace

    from tests.makers.watched import NODE

    source = ReplaySource(recorded(tmp_path / "r", story(), replace(NODE, redacted=True)))
    source.close()

    assert source.readiness.blind == ("arguments were taken out",)
