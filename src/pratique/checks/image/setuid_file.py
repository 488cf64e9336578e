"""
Find programs that run as their owner or group, whoever starts them.

Which are usual is a list of ours, by path; what the image's package database says of a file does not
count here.
"""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import File, Marked, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting, key_of

NAME = "setuid-file"
TITLE = "programs run with the rights of their owner (setuid, setgid)"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0008", "CIS-Docker-4.8")
RULES = {
    NAME: (
        "A program with the setuid or setgid bit runs with the rights of its owner or group, most "
        "often root, whoever starts it: a flaw in it makes a user of the container root. The programs "
        "that distributions ship so (su, mount, passwd…) are told once, graded negligible: a container "
        "needs none of them (RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +, or run with "
        "no-new-privileges). Any other is graded medium, and high where it stands in a folder that no "
        "distribution fills (/usr/local, /opt, /tmp, /home, /srv…) and belongs to root: a way back in "
        "that an attacker leaves looks just like it. Find out who made it, and take the bit away."
    )
}
_USUAL = frozenset({
    "at", "bbsuid", "busybox", "chage", "chfn", "chsh", "cockpit-session", "crontab",
    "dbus-daemon-launch-helper", "dotlockfile", "expiry", "fusermount", "fusermount3", "gpasswd",
    "grub2-set-bootentry", "locate", "mail-lock", "mail-touchlock", "mail-unlock", "mlocate", "mount",
    "mount.cifs", "mount.nfs", "newgidmap", "newgrp", "newuidmap", "pam_extrausers_chkpwd",
    "pam_timestamp_check", "passwd", "ping", "ping6", "pkexec", "plocate", "polkit-agent-helper-1",
    "postdrop", "postqueue", "pppd", "sg", "ssh-agent", "ssh-keysign", "su", "sudo", "sudoedit",
    "traceroute6", "umount", "unix_chkpwd", "unix2_chkpwd", "userhelper", "usernetctl", "utempter",
    "uuidd", "wall", "write", "write.ul", "bsd-write", "screen", "chrome-sandbox",
    "snap-confine", "vmware-user-suid-wrapper", "Xorg.wrap", "exim4", "procmail", "lockfile", "doas",
})  # fmt: skip
_MOST_ALONE = 50
"""Files that are told one by one; the others are told together."""
_SYSTEM = (
    "bin/",
    "sbin/",
    "lib/",
    "lib64/",
    "usr/bin/",
    "usr/sbin/",
    "usr/lib/",
    "usr/lib64/",
    "usr/libexec/",
)
_FOREIGN = ("usr/local/", "opt/", "tmp/", "home/", "srv/", "var/", "root/", "dev/", "etc/", "app/")
FIRES = (
    sample((("usr/local/bin/tool", File("x", 0o4755)),)),
    sample((("usr/bin/su", File("x", 0o4755)),)),
    sample((("usr/bin/own", File("x", 0o2755)),)),
    sample((("opt/x", File("x", 0o4755)),), (("opt/.wh.x", ""),)),
)
SILENT = (
    sample((("usr/bin/tool", File("x", 0o755)), ("var/mail/", File(mode=0o2775)))),
    sample((("usr/bin/su", File("x", 0o4755)),), (("usr/bin/su", File("x", 0o755)),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for the usual ones of each layer, and one for each of the first others."""
    grouped: dict[tuple[int, Severity | None], list[Place]] = {}
    alone = _MOST_ALONE
    for marked in _marked(scene):
        entry, note = marked.entry, _note(marked)
        is_usual = entry.path.startswith(_SYSTEM) and entry.path.rpartition("/")[2] in _USUAL
        place = Place(entry.path, note)
        foreign = entry.path.startswith(_FOREIGN) or "/" not in entry.path
        high = foreign and bool(entry.mode & 0o4000) and entry.uid == 0
        severity = Severity.HIGH if high else None
        alone -= not is_usual
        if is_usual or alone < 0:
            sort = marked.layer, Severity.NEGLIGIBLE if is_usual else severity
            grouped.setdefault(sort, []).append(place)
            continue
        yield Sighting(
            places=(place,),
            layer=scene.ref(marked.layer),
            key=entry.path,
            severity=severity,
            hidden_by=scene.hidden_by(marked),
        )
    for (layer, graded), places in grouped.items():
        yield Sighting(
            places=tuple(places[:SHOWN]),
            more=len(places[SHOWN:]),
            layer=scene.ref(layer),
            key=key_of(place.path for place in places),
            severity=graded,
        )


def _marked(scene: Scene) -> Iterator[Marked]:
    """Yield such files; one that a later layer replaces is told once, as it is in the end."""
    found = [
        marked
        for marked in scene.special
        if marked.entry.kind is EntryKind.FILE and marked.entry.mode & 0o6000
    ]
    last = {marked.entry.path: marked for marked in found}
    for marked in last.values():
        if scene.stands(marked) or scene.tree.lstat(marked.entry.path) is None:
            yield marked


def _note(marked: Marked) -> str:
    entry = marked.entry
    bits = [name for name, bit in (("setuid", 0o4000), ("setgid", 0o2000)) if entry.mode & bit]
    run = "" if entry.mode & 0o111 else ", which nobody may run"
    return f"{' and '.join(bits)}, mode {entry.mode & 0o7777:o}, of user {entry.uid}{run}"
