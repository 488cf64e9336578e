"""Law: `pratique watch` judges, ends with the right code, and says in one line what is wrong."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run
from tests.makers.watched import RULE, recorded, story


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a recording and a rule; what is kept goes below it."""
    monkeypatch.setenv("PRATIQUE_DATA_DIR", str(tmp_path / "data"))
    recorded(tmp_path / "story.rec", story())
    (tmp_path / "rules.yaml").write_bytes(RULE)
    return tmp_path


def replay(place: Path, *more: str) -> list[str]:
    """Return the command that judges the recording by the rule."""
    files = ["--replay", str(place / "story.rec"), "--rules", str(place / "rules.yaml")]
    return ["watch", *files, *more]


def test_a_recording_is_judged(pratique: Run, place: Path) -> None:
    """One line for each alert; what was watched is said on standard error."""
    code, out, err = pratique(*replay(place))

    assert code == 0
    assert "shadow-read: shadow was read by sh -c id in web" in out
    assert "watching" in err
    assert "4 events" in err


def test_json_is_a_line_for_each_alert(pratique: Run, place: Path) -> None:
    """With the names that Falco's users know."""
    _, out, err = pratique(*replay(place, "-o", "json", "-q"))
    alerts = [json.loads(line) for line in out.splitlines()]

    assert [one["rule"] for one in alerts] == ["shadow-read", "events-lost"]
    assert err == ""


def test_a_test_can_fail_on_a_priority(pratique: Run, place: Path) -> None:
    """So that a pipeline may replay what a new build did."""
    assert pratique(*replay(place, "--fail-on", "error"))[0] == 1
    assert pratique(*replay(place, "--fail-on", "critical"))[0] == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rules", "absent.yaml"], "cannot read absent.yaml"),
        (["--drift-allow", "absent.yaml"], "cannot read absent.yaml"),
        (["--enforce"], "--enforce without a plan"),
        (["--replay", "absent.rec"], "cannot read absent.rec"),
        (["--replay", "x", "--record", "y"], "not recorded or answered"),
        (["--sensor", "crystal-ball"], "no sensor"),
        (["-o", "nothing=such"], "nothing"),
        (["--metrics", "nowhere"], "nowhere"),
    ],
)
def test_a_mistake_is_one_line_with_a_hint(
    pratique: Run, place: Path, options: list[str], words: str
) -> None:
    """Exit code 2."""
    given = replay(place) if "--metrics" in options else ["watch"]
    code, _, err = pratique(*given, *options)

    assert code == 2
    assert words in err
    assert "hint:" in err


def test_probing_says_what_can_be_seen(pratique: Run) -> None:
    """On every machine: ready or not, and why."""
    code, out, _ = pratique("watch", "--probe")

    assert code in (0, 2)
    assert "ebpf" in out
    assert ("ready: " in out) == (code == 0)
