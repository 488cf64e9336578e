"""`pratique baseline` learns from recordings, shows, compares, and writes profiles."""

import json
from pathlib import Path

from tests.cli.scanning import Run
from tests.makers.recordings import ATTACK, HONEST, record


def learn(pratique: Run, tmp_path: Path) -> None:
    code, out, _ = pratique("baseline", "learn", "--replay", str(record(tmp_path / "r", HONEST)))
    assert code == 0
    assert out.startswith("web  registry.example/shop/web:1.4  learn  1 programs, 1 written")


def test_learn_show_and_change_the_mode(pratique: Run, tmp_path: Path) -> None:
    assert pratique("baseline", "show")[1] == "no baselines\n"
    learn(pratique, tmp_path)
    assert "web" in pratique("baseline", "show")[1]
    _, out, _ = pratique("baseline", "show", "web")
    assert "  serves: 1\n    80/tcp\n" in out
    assert "confidence   low: watched for 5 s of 600 s" in out

    assert "learn -> enforce" in pratique("baseline", "mode", "web", "enforce")[1]
    assert json.loads(pratique("baseline", "show", "web", "-o", "json")[1])["mode"] == "enforce"


def test_two_runs_differ_and_merge(pratique: Run, tmp_path: Path) -> None:
    for name, acts in (("a", HONEST), ("b", (*HONEST, *ATTACK))):
        recording = record(tmp_path / f"{name}.rec", acts)
        folder = str(tmp_path / name)
        assert pratique("baseline", "learn", "--replay", str(recording), "--folder", folder)[0] == 0
    one, two = (str(next((tmp_path / name).glob("*.yaml"))) for name in "ab")

    code, out, _ = pratique("baseline", "diff", one, two)
    assert code == 1
    assert "+ writes: /etc/cron.d/x" in out
    assert pratique("baseline", "diff", one, one)[:2] == (0, "no difference\n")
    into = tmp_path / "m.yaml"
    assert pratique("baseline", "merge", two, one, "--into", str(into))[0] == 0
    assert pratique("baseline", "diff", str(into), two)[0] == 0
    assert "pratique-baseline: 1" in pratique("baseline", "merge", one)[1]


def test_profiles_are_written_and_tried_out(pratique: Run, tmp_path: Path) -> None:
    learn(pratique, tmp_path)
    folder = tmp_path / "profiles"
    code, out, err = pratique("baseline", "profile", "web", "--folder", str(folder))
    assert code == 0
    assert len(out.splitlines()) == 7
    assert "DAC_OVERRIDE" in err
    assert json.loads((folder / "web.seccomp.json").read_text())["defaultAction"]

    honest = pratique("baseline", "profile", "web", "--verify", str(tmp_path / "r"))
    assert honest[0] == 0
    assert "nothing would be refused" in honest[1]
    attack = str(record(tmp_path / "x", ATTACK))
    code, out, _ = pratique("baseline", "profile", "web", "--kind", "mounts", "--verify", attack)
    assert code == 1
    assert "mounts: /etc/cron.d/x lies in the read-only root" in out


def test_without_every_call_there_is_no_seccomp_profile(pratique: Run, tmp_path: Path) -> None:
    recording = record(tmp_path / "r", HONEST[:-1])
    pratique("baseline", "learn", "--replay", str(recording))
    code, _, err = pratique("baseline", "profile", "web")
    assert code == 0
    assert "no seccomp profile" in err
    assert pratique("baseline", "profile", "web", "--kind", "seccomp")[0] == 2


def test_mistakes_are_told(pratique: Run, tmp_path: Path) -> None:
    assert pratique("baseline", "show", "nothing")[0] == 2
    assert pratique("baseline", "learn", "--replay", str(tmp_path / "nothing"))[0] == 2
    assert pratique("baseline", "learn")[0] == 2
