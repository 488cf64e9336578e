"""The root is read-only, and what is written stays writable."""

from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.mounts import refuses, write, write_notes
from pratique.formats.documents.yaml import parse_yaml
from tests.makers.baselines import WEB_BASELINE


def test_memory_and_data_are_apart() -> None:
    one = replace(WEB_BASELINE, writes=("/run/a.pid", "/srv/data/**", "/dev/null", "/tmp/x*"))
    assert parse_yaml(write(one).text.encode()) == {
        "read_only": "true",
        "tmpfs": ["/run", "/tmp"],
        "volumes": ["web-srv-data:/srv/data"],
    }


def test_refusals_and_notes() -> None:
    assert refuses(WEB_BASELINE, Fact(Kind.WRITE, "/etc/passwd"))
    assert not refuses(WEB_BASELINE, Fact(Kind.WRITE, "/var/log/nginx/error.log"))
    assert "holds files of the image" in write_notes(replace(WEB_BASELINE, writes=("/etc/x/y",)))[0]
    assert "not possible" in write_notes(replace(WEB_BASELINE, writes=("/x",)))[0]
    assert "not every path" in write_notes(replace(WEB_BASELINE, full=("writes",)))[0]
