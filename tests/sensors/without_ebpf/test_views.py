"""Paths of file systems become what a process calls them."""

import os
from pathlib import Path

import pytest

from pratique.formats.runtime.mountinfo import Mount
from pratique.sensors.without_ebpf._proc import in_upper
from pratique.sensors.without_ebpf._views import NOTHING, View, Views
from tests.sensors.without_ebpf.node import add_process, proc

VIEW = View(
    (
        Mount("/", "overlay", "/", (), "0:50"),
        Mount("/data", "ext4", "/vol/x", (), "8:1"),
        Mount("/data/deep", "ext4", "/vol/x/y", (), "8:1"),
        Mount("/etc/hosts", "ext4", "/run/hosts", (), "8:1"),
    ),
    upper="/lib/up/diff",
    work="/lib/up/work",
)
TABLE = """\
1 0 0:50 / / rw - overlay overlay rw,lowerdir=/l,upperdir=/u\\040p,workdir=/w
2 1 0:5 / /proc rw - proc proc rw
3 1 0:6 / /dev rw - tmpfs tmpfs rw
4 1 8:1 /vol /data rw - ext4 /dev/sda rw
"""


@pytest.mark.parametrize(
    ("device", "inner", "called"),
    [
        ("8:1", "/lib/up/diff/etc/passwd", "/etc/passwd"),
        ("8:1", "/vol/x/a", "/data/a"),
        ("8:1", "/vol/x", "/data"),
        ("8:1", "/vol/x/y/a", "/data/deep/a"),
        ("8:1", "/vol/xy", "/vol/xy"),
        ("8:1", "/run/hosts", "/etc/hosts"),
        ("8:2", "/vol/x/a", "/vol/x/a"),
        ("0:50", "/a", "/a"),
    ],
)
def test_called(device: str, inner: str, called: str) -> None:
    """The upper layer is the root; else the mount that shows the most of the path."""
    assert VIEW.called(device, inner) == called


def test_views(tmp_path: Path) -> None:
    """A view is read once for each root, without the kernel's file systems and devices."""
    place = add_process(tmp_path, 70)
    (place / "mountinfo").write_text(TABLE)
    views = Views(proc(tmp_path))
    view = views.of(70, 11)
    assert [one.point for one in view.mounts] == ["/", "/data"]
    assert (view.upper, view.work, view.reached) == ("/u p", "/w", 70)
    assert views.of(70, 11) is view
    assert views.fresh == [view]
    assert views.of(71, 11) is NOTHING


def test_a_number_that_is_used_again(tmp_path: Path) -> None:
    """The next container may have the same numbers, but not the same times."""
    place = add_process(tmp_path, 70)
    (place / "mountinfo").write_text(TABLE)
    views = Views(proc(tmp_path))
    first = views.of(70, 11)
    before = (place / "root").stat().st_ctime_ns
    while (place / "root").stat().st_ctime_ns == before:
        os.utime(place / "root")
    assert views.of(70, 11) is not first
    assert len(views.fresh) == 2


def test_the_upper_layer(tmp_path: Path) -> None:
    """Only a real file there counts; without an overlay nothing is above."""
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("file")
    assert in_upper(str(tmp_path), "/file")
    assert not in_upper(str(tmp_path), "/link")
    assert not in_upper(str(tmp_path), "/none")
    assert not in_upper(str(tmp_path), "/nul\0")
    assert not in_upper("", str(tmp_path / "file"))
