"""AppArmor's own parser takes the profile, whatever the names are."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.apparmor import refuses, write
from pratique.model.baseline import ProcessSeen
from tests.detections.baseline.profiles.test_units import HOSTILE
from tests.makers.baselines import WEB_BASELINE


@pytest.mark.parametrize("path", ["/srv/data/**", HOSTILE, '/a"b', "/a\\", "/{a,b}[c]?^", "/é"])
def test_the_parser_takes_it(path: str, need: Callable[[str], str], tmp_path: Path) -> None:
    parser = need("apparmor_parser")
    one = replace(WEB_BASELINE, writes=(path,), processes=(ProcessSeen(path),))
    file = tmp_path / "profile"
    file.write_text(write(one).text)
    done = subprocess.run(
        [parser, "--skip-kernel-load", "--skip-cache", "--quiet", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_refusals() -> None:
    assert refuses(WEB_BASELINE, Fact(Kind.PROCESS, ProcessSeen("/tmp/x")))
    assert not refuses(WEB_BASELINE, Fact(Kind.PROCESS, ProcessSeen("/bin/sh", "x", "y")))
    assert "written" in refuses(WEB_BASELINE, Fact(Kind.WRITE, "/etc/passwd"))
    assert "mapped" in refuses(WEB_BASELINE, Fact(Kind.LIBRARY, "/tmp/x.so"))
    assert not refuses(WEB_BASELINE, Fact(Kind.WRITE, "/dev/null"))
    assert refuses(WEB_BASELINE, Fact(Kind.CAPABILITY, "SYS_ADMIN"))


def test_mounting_is_denied_unless_it_is_what_the_workload_does() -> None:
    mounts = replace(WEB_BASELINE, syscalls=("mount",), capabilities=("SYS_ADMIN",))
    assert "deny mount," in write(WEB_BASELINE).text
    assert "deny mount," not in write(mounts).text
