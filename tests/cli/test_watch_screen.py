"""Law: the screen fits, shows what matters first, and no text of a container reaches the terminal raw."""

import io

from msgspec.structs import replace

from pratique.cli.watch_screen import MIN_HEIGHT, Screen, View, lines
from pratique.model.alert import Alert, Priority
from pratique.model.workload import ImageFacts
from pratique.pipelines.watch_tally import Counted
from tests.makers.happenings import START, WEB

JUDGED = replace(WEB, facts=ImageFacts(digest=WEB.digest, verdict="deny"))
BAD = Alert(
    rule="reverse-shell",
    priority=Priority.CRITICAL,
    time_ns=START,
    output="connection became input of bash",
    workload=JUDGED,
    node="node-1",
)
QUIET = View(
    node="node-1",
    sensor="ebpf",
    seconds=3725,
    rate=1234,
    events=98_765,
    filtered=0,
    lost=0,
    alerts=0,
    incidents=0,
    rules=86,
    workloads=(Counted(None, 900, 0),),
    latest=(),
)
BUSY = replace(
    QUIET,
    alerts=3,
    lost=12,
    workloads=(Counted(JUDGED, 50, 3), *QUIET.workloads),
    latest=(BAD, replace(BAD, rule="miner-started")),
    notes=("32-bit calls are not seen",),
)


def test_a_quiet_node_says_that_it_is_watched() -> None:
    """With what counts."""
    drawn = lines(QUIET, 100, 24)

    assert drawn[0] == "pratique watch  node-1  ebpf  1:02:05"
    assert "1234 events/s" in drawn[1]
    assert "(the node)" in "\n".join(drawn)
    assert "nothing told yet" in drawn[-1]


def test_containers_show_their_verdict_and_the_newest_comes_first() -> None:
    """What the sensor cannot see stands above."""
    drawn = lines(BUSY, 120, 24)
    text = "\n".join(drawn)

    assert "! 32-bit calls are not seen" in text
    (row,) = [line for line in drawn if line.startswith("web ")]
    assert row.split() == ["web", WEB.image, "deny", "50", "3"]
    assert text.index("miner-started") < text.index("reverse-shell")


def test_every_size_is_kept() -> None:
    """No line is wider than the terminal, and no more come than fit."""
    crowd = replace(BUSY, workloads=tuple(Counted(JUDGED, n) for n in range(100)))
    for view in (QUIET, BUSY, crowd, replace(crowd, latest=(BAD,) * 100)):
        for width in (40, 80, 200):
            for height in (MIN_HEIGHT, 24, 60):
                drawn = lines(view, width, height)
                assert len(drawn) <= height
                assert all(len(line) <= width for line in drawn)


def test_no_escape_of_a_container_reaches_the_terminal() -> None:
    """Names, images and commands are made harmless."""
    hostile = replace(WEB, name="\x1b[2Jweb", image="a\x07b\n")
    alert = replace(BAD, output="\x1b]0;owned\x07 \u202e", workload=hostile)
    view = replace(BUSY, workloads=(Counted(hostile, 1),), latest=(alert,), node="n\x1b[0m")

    assert not any(
        ord(char) < 32 or char == "\u202e" for line in lines(view, 120, 30) for char in line
    )


def test_the_terminal_is_given_back() -> None:
    """Also after an error."""
    stream = io.StringIO()
    try:
        with Screen(stream, colour=True) as screen:
            screen.draw(BUSY)
            raise ValueError
    except ValueError:
        pass

    assert stream.getvalue().startswith("\x1b[?1049h")
    assert stream.getvalue().endswith("\x1b[?25h\x1b[?1049l")
    assert "\x1b[31m" in stream.getvalue()
