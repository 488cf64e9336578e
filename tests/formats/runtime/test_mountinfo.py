"""Mounts are read as the kernel writes them; foreign lines are passed over."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.mountinfo import Mount, read_mounts

CONTENT = rb"""21 27 0:20 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
62 27 0:52 / /var/a\040b rw,relatime shared:9 master:1 - overlay overlay rw,upperdir=/u\134,workdir=/w
not a mount
1 2 3:4 / /short
"""


def test_mounts():
    """Optional fields before the dash are skipped, names unescaped."""
    pids, overlay = read_mounts(CONTENT)

    assert pids == Mount("/sys/fs/cgroup/pids", "cgroup", "/", ("rw", "pids"), "0:20")
    assert (overlay.point, overlay.option("upperdir")) == ("/var/a b", "/u\\")
    assert overlay.option("lowerdir") == ""
    assert overlay.device == "0:52"


@given(st.binary(max_size=300))
def test_never_crashes(content):
    """Any text gives mounts or none."""
    list(read_mounts(content))
