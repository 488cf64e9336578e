"""A capability counts as used where the act asks for it and the process held it."""

import pytest

from pratique.detections.baseline.capabilities import NAMES, used_by
from pratique.model.event import Event
from pratique.model.observation import Called, PathChanged, SocketUsed
from tests.makers.happenings import event, process

ROOT = process("/usr/sbin/nginx", 7, cap_effective=0x1FF, executed_ns=1)
BINDER = process("/usr/sbin/nginx", 7, cap_effective=1 << 10, executed_ns=1)
USER = process("/usr/sbin/nginx", 7, cap_effective=0, executed_ns=1)
PORT = SocketUsed(family=2, local_port=80)


@pytest.mark.parametrize(
    ("seen", "used"),
    [
        (event("bind", PORT, BINDER), "NET_BIND_SERVICE"),
        (event("bind", PORT, ROOT), ""),
        (event("bind", SocketUsed(family=2, local_port=8080), BINDER), ""),
        (event("socket", SocketUsed(family=2, kind=3), process()), "NET_RAW"),
        (event("chown", PathChanged("/x"), ROOT), "CHOWN"),
        (event("chown", PathChanged("/x"), USER), ""),
        (event("chown", PathChanged("/x"), ROOT, result=-1), ""),
        (event("chown", PathChanged("/x"), process()), "CHOWN"),  # it may have held it
        (event("cap_capable", Called((21,)), USER), "SYS_ADMIN"),
        (event("cap_capable", Called((99,)), USER), ""),
        (event("openat", Called()), ""),
    ],
)
def test_used(seen: Event, used: str) -> None:
    assert used_by(seen) == used


def test_names_stand_at_their_bits() -> None:
    assert (NAMES.index("NET_BIND_SERVICE"), NAMES.index("SYS_ADMIN"), NAMES.index("BPF")) == (
        *(10, 21, 39),
    )
    assert len(set(NAMES)) == 41
