"""Each call's arguments become the facts they are."""

import pytest

from pratique.formats.kernel_events.calls import CALLS
from pratique.formats.kernel_events.decode import decode
from pratique.formats.kernel_events.layout import Shape, Slot
from pratique.model.observation import (
    BpfUsed,
    Called,
    Executed,
    IdentityChanged,
    ModuleLoaded,
    Mounted,
    NamespaceEntered,
    PathChanged,
    ProcessTouched,
    RingSubmitted,
)
from tests.makers import kernel_records as make

MINUS_ONE = (1 << 64) - 1


def name(text: bytes, base: bytes = b"") -> tuple[int, bytes, bytes]:
    """Return a file name and its directory."""
    return (Slot.NAME, text, base)


def text(content: bytes) -> tuple[int, bytes, bytes]:
    """Return a text."""
    return (Slot.TEXT, content, b"")


TOLD = [
    (
        "renameat2",
        [0, 0, 0, 0, 1],
        [name(b"a", b"/srv"), name(b"../b", b"/srv/x")],
        (),
        PathChanged("/srv/a", "/srv/b", 0, 1, "a", "../b"),
    ),
    (
        "unlinkat",
        [5, 0, 0x200],
        [name(b"/x//y/")],
        (),
        PathChanged("/x/y", flags=0x200, given="/x//y/"),
    ),
    ("mkdirat", [5, 0, 0o755], [name(b"d", b"/")], (), PathChanged("/d", mode=0o755, given="d")),
    (
        "symlink",
        [],
        [text(b"../t"), name(b"l", b"/srv")],
        (),
        PathChanged("../t", "/srv/l", given="../t", new_given="l"),
    ),
    (
        "fchmod",
        [3, 0o4755],
        [(Slot.FILE, b"/f", b"")],
        (),
        PathChanged("/f", mode=0o4755, given="/f"),
    ),
    (
        "mount",
        [0, 0, 0, 4096],
        [text(b"/dev/x"), name(b"m", b"/"), text(b"ext4")],
        (),
        Mounted("/dev/x", "/m", "ext4", 4096),
    ),
    ("umount2", [0, 2], [name(b"/m")], (), Mounted("", "/m", "", 2)),
    ("move_mount", [], [name(b"/a"), name(b"/b")], (), Mounted("/a", "/b")),
    ("pivot_root", [], [name(b"/new"), name(b"/old")], (), Mounted("/old", "/new")),
    ("chdir", [0], [(Slot.HERE, b"/srv", b"")], (), Called((0, 0, 0, 0, 0, 0), "/srv")),
    (
        "setxattr",
        [0],
        [name(b"f", b"/srv"), text(b"security.capability")],
        (),
        Called((0, 0, 0, 0, 0, 0), "/srv/f security.capability"),
    ),
    ("fsopen", [0, 1], [text(b"tmpfs")], (), Mounted("", "", "tmpfs", 1)),
    ("setuid", [0], [], (1, 2, 3), IdentityChanged(0, -1, 1, 2, 3)),
    ("setresuid", [MINUS_ONE, 12, 0], [], (0, 0, 0), IdentityChanged(12, -1, 0, 0, 0)),
    ("setregid", [7, 8], [], (0, 0, 0), IdentityChanged(-1, 8, 0, 0, 0)),
    ("capset", [], [], (1, 2, 3), IdentityChanged(-1, -1, 1, 2, 3)),
    ("setns", [5, 0x20000], [], (), NamespaceEntered(0x20000, 5)),
    ("unshare", [0x10000000], [], (), NamespaceEntered(0x10000000)),
    ("kill", [MINUS_ONE, 9], [], (77, 0, 0), ProcessTouched(77, 9)),
    ("kill", [5, 9], [], (), ProcessTouched(5, 9)),
    ("tgkill", [5, 6, 11], [], (), ProcessTouched(5, 11)),
    ("ptrace", [16, 5], [], (500, 0, 0), ProcessTouched(500, 16)),
    ("pidfd_getfd", [3, 4], [], (500, 0, 0), ProcessTouched(500)),
    (
        "finit_module",
        [3],
        [(Slot.FILE, b"/m/my-mod.ko.xz", b"")],
        (),
        ModuleLoaded("my_mod", "/m/my-mod.ko.xz"),
    ),
    ("init_module", [], [(0, b"", b""), text(b"rootkit")], (), ModuleLoaded("rootkit")),
    ("bpf", [5], [text(b"prog")], (26, 0, 0), BpfUsed(5, 26, "prog")),
    ("execve", [], [name(b"./x", b"/srv")], (), Executed("/srv/x", called="./x")),
    ("io_uring_submit", [18, MINUS_ONE], [text(b"/etc/x")], (), RingSubmitted(18, -1, "/etc/x")),
    (
        "add_key",
        [1, 2, 3, 4, 5],
        [text(b"user"), text(b"k")],
        (),
        Called((1, 2, 3, 4, 5, 0), "user k"),
    ),
]


@pytest.mark.parametrize(("call", "arguments", "texts", "extra", "wanted"), TOLD)
def test_each_call_by_its_facts(call, arguments, texts, extra, wanted) -> None:
    """The act is the one that the arguments mean."""
    body = make.names(arguments, *texts, extra=extra or (0, 0, 0))
    assert decode(make.record(Shape.NAMES, call, body), 0).act == wanted


def test_every_such_call_can_be_read() -> None:
    """No call of this shape lacks what makes an act of it."""
    for call, how in CALLS.items():
        if how.handler == 2:
            decode(make.record(Shape.NAMES, call, make.names([1, 2, 3, 4, 5, 6])), 0)
