"""All are dropped, those that were used added."""

from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.capabilities import refuses, write
from pratique.formats.documents.yaml import parse_yaml
from tests.makers.baselines import WEB_BASELINE


def test_drop_all_and_add() -> None:
    found = parse_yaml(write(WEB_BASELINE).text.encode())
    assert found == {
        "capabilities": {"drop": ["ALL"], "add": ["CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"]}
    }
    assert "add" not in write(replace(WEB_BASELINE, capabilities=())).text


def test_what_nobody_can_know_is_said() -> None:
    assert "DAC_OVERRIDE" in write(WEB_BASELINE).notes[0]
    assert "SYS_ADMIN" in refuses(WEB_BASELINE, Fact(Kind.CAPABILITY, "SYS_ADMIN"))
