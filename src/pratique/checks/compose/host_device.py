"""Find devices of the host that a service is given."""

import re
from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-device"
TITLE = "a service is given a device of the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.18",)
RULES = {
    NAME: (
        "devices or device_cgroup_rules give the container a device of the host. Memory (/dev/mem, "
        "/dev/kmem, /dev/port) and disks (/dev/sda, /dev/nvme0n1, /dev/mapper) are the whole host, read "
        "and written past every file mode: graded high. Others (/dev/kvm, /dev/fuse, /dev/ttyUSB0) open a "
        "driver to whatever runs there. Graphics, sound, /dev/net/tun and their like are not told. Give "
        "only what is needed, with r instead of rwm."
    )
}
_WORST = re.compile(
    r"/dev/(?:k?mem|port|[shv]d[a-z]+[0-9]*|xvd[a-z]|nvme|mapper|dm-|disk|mmcblk|md[0-9])"
)
_USUAL = (
    "/dev/dri", "/dev/snd", "/dev/net/tun", "/dev/video", "/dev/nvidia", "/dev/null", "/dev/bus/usb",
    "/dev/kfd", "/dev/input",
)  # fmt: skip
BAD = (
    service("devices: ['/dev/sda:/dev/sda:rwm']"),
    service("devices:", "  - /dev/kvm"),
    service("devices:", "  - {source: /dev/mem, target: /dev/mem}"),
    service("device_cgroup_rules: ['a *:* rwm']"),
)
GOOD = (
    service("devices: ['/dev/dri:/dev/dri']"),
    service("device_cgroup_rules: ['c 189:* r']"),
    service("devices: ['nvidia.com/gpu=all']"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each device and rule."""
    for one in scene.services:
        for item in one.get("devices").items:
            path = item.at("source").text or item.text.partition(":")[0]
            if path.startswith("/dev") and not path.startswith(_USUAL):
                grade = Severity.HIGH if _WORST.match(path) or path == "/dev" else None
                note = f"it is given {path[:80]} of the host"
                yield scene.told(one, item, note, key=path[:80], severity=grade)
        for item in one.get("device_cgroup_rules").texts():
            words = item.text.split()
            if (
                len(words) == 3
                and (words[0] == "a" or words[1].startswith("*"))
                and "w" in words[2]
            ):
                yield scene.told(
                    one, item, "it may open all devices", key="rule", severity=Severity.HIGH
                )
