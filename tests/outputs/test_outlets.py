"""Every destination hears everything; one that is away holds up nobody and loses nothing."""

import errno
import io
import json
import os

import pytest

from pratique.model.errors import StorageError
from pratique.outputs.delivery import Pacing
from pratique.outputs.destination import parse_destination
from pratique.outputs.limiting import Rate
from pratique.outputs.outlets import Outlets, Settings
from pratique.outputs.spool import SpoolSettings
from pratique.outputs.troubles import LOST
from tests.makers.alerts import alert, incident
from tests.makers.receiver import receiver


def settings(tmp_path, **changed):
    facts = {
        "spool": SpoolSettings(folder=tmp_path / "spool"),
        "environ": {},
        "stdout": io.BytesIO(),
        "pacing": Pacing(first_s=0.01, cap_s=0.02),
        "rate": None,
    }
    return Settings(**(facts | changed))


def outlets(chosen, *texts):
    return Outlets([parse_destination(text) for text in texts], chosen)


def sequences(server):
    return [one["sequence"] for body in server.bodies for one in json.loads(body)]


def test_every_destination_hears(tmp_path) -> None:
    """Standard output, a file and a server."""
    chosen = settings(tmp_path)
    with receiver() as server:
        with outlets(chosen, "text", f"cef={tmp_path}/a.cef", server.url) as out:
            out.tell(alert())
            out.tell(incident())

        assert len(chosen.stdout.getvalue().splitlines()) == 2
        assert len((tmp_path / "a.cef").read_bytes().splitlines()) == 2
        assert sum(len(json.loads(body)) for body in server.bodies) == 2


def test_a_server_that_refuses_for_a_while_loses_nothing(tmp_path) -> None:
    """Every alert arrives, in order, each once."""
    with receiver() as server:
        server.answers = [503] * 7
        with outlets(settings(tmp_path), server.url) as out:
            for number in range(300):
                out.tell(alert(sequence=number))
            while out.standing()[f"json={server.url}"].waiting:
                pass

        assert sequences(server) == list(range(300))


def test_what_waits_is_delivered_by_the_next_run(tmp_path) -> None:
    """A receiver that is down until the end of this run hears it from the next one."""
    with receiver() as server:
        server.answers = [503] * 10_000
        with outlets(settings(tmp_path, pacing=Pacing(first_s=60)), server.url) as out:
            for number in range(5):
                out.tell(alert(sequence=number))
        server.answers = []
        with outlets(settings(tmp_path), server.url) as out:
            out.tell(alert(sequence=5))

        assert sequences(server) == list(range(6))


def test_what_was_dropped_is_told(tmp_path) -> None:
    """With its number, once, as an alert of the sensor."""
    spool = SpoolSettings(folder=tmp_path / "spool", max_bytes=64 << 10)
    with receiver() as server:
        gone = server.url
    with outlets(settings(tmp_path, spool=spool), gone) as out:
        for number in range(200):
            out.tell(alert(sequence=number))
        dropped = out.standing()[f"json={gone}"].dropped
        (told,) = out.troubles(1, "worker-1")

        assert dropped > 0
        assert told.rule == LOST
        assert f"{dropped} dropped" in told.output
        assert told.count == dropped
        assert out.troubles(2) == ()


def test_what_comes_too_often_is_folded(tmp_path) -> None:
    """Every destination hears fewer records; their counts sum up to all of them."""
    chosen = settings(tmp_path, rate=Rate(burst=5, every_s=10))
    with outlets(chosen, "json") as out:
        for number in range(100):
            out.tell(alert(sequence=number))
        out.tell(incident())
        before = len(chosen.stdout.getvalue().splitlines())
        out.tick(alert().time_ns + 11 * 10**9)
        ticked = len(chosen.stdout.getvalue().splitlines())
        out.tell(alert(sequence=100))
    told = [json.loads(line) for line in chosen.stdout.getvalue().splitlines()]

    assert (before, ticked) == (6, 7)
    assert sum(one["count"] for one in told if "count" in one) == 101


def test_a_torn_spool_is_told(tmp_path) -> None:
    """What a crash tore off the end is no secret, and is told once."""
    chosen = settings(tmp_path, pacing=Pacing(first_s=60))
    with receiver() as server:
        gone = server.url
    with outlets(chosen, gone) as out:
        out.tell(alert())
    (segment,) = (tmp_path / "spool").glob("*/*.log")
    segment.write_bytes(segment.read_bytes()[:-3])
    with outlets(chosen, gone) as out:
        (told,) = out.troubles(1)

        assert "torn by a crash" in told.output
        assert out.troubles(2) == ()


def test_losses_are_told_by_themselves(tmp_path) -> None:
    """A tick tells them on every destination."""
    spool = SpoolSettings(folder=tmp_path / "spool", max_bytes=64 << 10)
    chosen = settings(tmp_path, spool=spool)
    with receiver() as server:
        gone = server.url
    with outlets(chosen, gone, "json") as out:
        for number in range(200):
            out.tell(alert(sequence=number))
        out.tick(1, "worker-1")

    assert json.loads(chosen.stdout.getvalue().splitlines()[-1])["rule"] == LOST


def test_colour_is_for_text_on_a_terminal(tmp_path) -> None:
    """JSON on a terminal stays JSON."""
    chosen = settings(tmp_path, colour=True)
    with outlets(chosen, "text", "json") as out:
        out.tell(alert())
    text, record = chosen.stdout.getvalue().splitlines()

    assert b"\x1b[" in text
    assert json.loads(record)["schema"] == "pratique.alert/1"


@pytest.mark.parametrize("secret", ["hidden"])
def test_no_secret_is_shown(tmp_path, secret) -> None:
    """Neither the name of a destination nor its last error shows a key of its URL."""
    with receiver() as server:
        gone = server.url
    with outlets(settings(tmp_path), f"{gone}/?key={secret}") as out:
        out.tell(alert())
        while not (standing := next(iter(out.standing().values()))).failures:
            pass

        assert secret not in str(out.standing())
        assert standing.last_error


def test_a_disk_that_breaks_closes_every_spool(tmp_path, monkeypatch) -> None:
    """The error is told, and another run may have all of them at once."""
    chosen = settings(tmp_path)
    texts = ("https://a.invalid", "https://b.invalid")
    made = outlets(chosen, *texts)

    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", broken)
        with pytest.raises(StorageError, match="Input/output error"):
            made.close()

    outlets(chosen, *texts).close()
