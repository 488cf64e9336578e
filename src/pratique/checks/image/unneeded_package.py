"""
Find installed packages that serve to build, to debug or to attack, and not to run a program.

Judged by name, of packages of the operating system only; those of known base layers are not told.
"""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, sample
from pratique.model.finding import Confidence
from pratique.model.package import Package, PackageType
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting, key_of

NAME = "unneeded-package"
TITLE = "packages that a running program does not need are installed"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-DI-0003", "CIS-Docker-4.3")
RULES = {
    NAME: (
        "Compilers, headers, debuggers, editors or tools for looking round a network are installed. A "
        "running program needs none of them; each brings flaws of its own and serves whoever breaks "
        "in. Build in a stage of its own and copy the result (FROM … AS build), install without "
        "recommended packages, and delete what only the build needs in the same RUN (apk add "
        "--virtual .build …, apk del .build). Tools that scan and attack (nmap, tcpdump, socat, "
        "hydra…) are graded low."
    )
}
_TOOLS = frozenset({
    "build-base", "build-essential", "gcc", "g++", "clang", "make", "cmake", "automake", "autoconf",
    "bison", "flex", "libtool", "gdb", "lldb", "strace", "ltrace", "valgrind", "perf", "linux-headers",
    "musl-dev", "libc-dev", "libc6-dev", "glibc-devel", "git", "subversion", "mercurial", "vim",
    "emacs", "nano", "man-db", "openssh-client", "telnet", "ftp", "rsh-client", "lynx", "rpm-build",
    "go", "golang", "rustc", "cargo",
})  # fmt: skip
_ATTACK = frozenset({
    "nmap", "ncat", "netcat", "netcat-openbsd", "netcat-traditional", "nmap-ncat", "socat", "tcpdump",
    "wireshark", "tshark", "hydra", "john", "hashcat", "sqlmap", "aircrack-ng", "metasploit-framework",
    "masscan", "zmap", "ettercap", "dsniff", "proxychains", "proxychains4", "torsocks", "hping3",
    "medusa", "nikto", "responder", "chisel", "xmrig", "mimipenguin", "arp-scan", "bettercap",
})  # fmt: skip
_SYSTEM = (PackageType.DEB, PackageType.RPM, PackageType.APK, PackageType.ALPM, PackageType.OPKG)
_INSTALLED = "P:{}\nV:1-r0\nA:x86_64\n\n"
FIRES = (
    sample((("lib/apk/db/installed", _INSTALLED.format("build-base")),)),
    sample((("lib/apk/db/installed", _INSTALLED.format("nmap")),)),
)
SILENT = (
    sample((("lib/apk/db/installed", _INSTALLED.format("musl")),)),
    sample((("lib/apk/db/installed", _INSTALLED.format("make")),), base_layers=1),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return per layer one sighting for tools of attack, and one for the others."""
    for names, severity in ((_ATTACK, Severity.LOW), (_TOOLS, None)):
        by_layer: dict[int, list[Package]] = {}
        for package in _chosen(scene, names):
            by_layer.setdefault(package.layer.index if package.layer else 0, []).append(package)
        for packages in by_layer.values():
            places = [Place(one.location, f"{one.name} {one.version}") for one in packages]
            yield Sighting(
                places=tuple(places[:SHOWN]),
                more=len(places[SHOWN:]),
                layer=packages[0].layer,
                key=key_of(one.name for one in packages),
                severity=severity,
            )


def _chosen(scene: Scene, names: frozenset[str]) -> Iterator[Package]:
    for package in scene.packages:
        in_base = package.layer is not None and package.layer.index < scene.base_layers
        known = package.name in names or package.name.rstrip("-0123456789.") in names
        if package.type in _SYSTEM and known and not in_base and not package.declared:
            yield package
