"""
Read what says which distribution a root file system is: os-release and its older kin.

``ID`` and ``VERSION_ID`` are kept as written (lower case for the id); Alpine's edge, whose
VERSION_ID names a version to come (``3.17_alpha20230206``), becomes ``edge``.
Bounds: files over ``FILE_BYTES`` are refused; linear in the input.
Source: https://www.freedesktop.org/software/systemd/man/latest/os-release.html; Linux Standard
Base ``lsb-release``; the one-line files ``etc/*-release`` of distributions before os-release.
"""

import re

from pratique.model.distro import Distro
from pratique.model.errors import FormatError, LimitExceeded

FILE_BYTES = 64 << 10
_ASSIGNMENT = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)")
_ESCAPE = re.compile(r"\\([\\\"'$`])")
_RELEASE_LINE = re.compile(r"(.{1,100}?) release (\d[\w.]{0,30})(?: \(([\w .]{1,40})\))?")
_ONE_LINE_IDS = {
    "almalinux": "almalinux",
    "amazon linux": "amzn",
    "amazon linux ami": "amzn",
    "centos": "centos",
    "centos linux": "centos",
    "centos stream": "centos",
    "fedora": "fedora",
    "oracle linux server": "ol",
    "oracle": "ol",
    "red hat enterprise linux": "rhel",
    "red hat enterprise linux server": "rhel",
    "red hat": "rhel",
    "rocky": "rocky",
    "rocky linux": "rocky",
    "scientific": "scientific",
    "scientific linux": "scientific",
    "vmware photon": "photon",
}
_RELEASE_PATH = re.compile(r"/(?:v(\d{1,3}\.\d{1,3})|(edge))/(?:main|community|testing)/?$")


def parse_assignments(content: bytes) -> dict[str, str]:
    """
    Return the shell-like assignments of an os-release or lsb-release file; the last one counts.

    Raises:
        LimitExceeded: the file is over ``FILE_BYTES``.

    >>> parse_assignments(b'ID=debian\\n# no\\nNAME="a \\\\"b\\\\""\\n')
    {'ID': 'debian', 'NAME': 'a "b"'}
    """
    if len(content) > FILE_BYTES:
        raise LimitExceeded(f"a release file over {FILE_BYTES} bytes")
    found = {}
    for line in content.decode(errors="replace").splitlines():
        match = _ASSIGNMENT.fullmatch(line)
        if match:
            found[match[1]] = _unquoted(match[2].strip())
    return found


def parse_os_release(content: bytes, location: str) -> Distro:
    """
    Return the distribution that an os-release file names.

    Raises:
        FormatError: it has no valid ID.
        LimitExceeded: the file is over ``FILE_BYTES``.

    >>> parse_os_release(b"ID=alpine\\nVERSION_ID=3.17_alpha20230206\\n", "etc/os-release").version
    'edge'
    """
    fields = parse_assignments(content)
    distro_id = fields.get("ID", "").lower()
    if not _is_id(distro_id):
        raise FormatError("no valid ID in the os-release file")
    version = fields.get("VERSION_ID", "")
    return Distro(
        id=distro_id,
        version="edge" if distro_id == "alpine" and "_alpha" in version else version,
        codename=fields.get("VERSION_CODENAME", "") or fields.get("UBUNTU_CODENAME", ""),
        name=fields.get("PRETTY_NAME", "") or fields.get("NAME", ""),
        like=tuple(word for word in fields.get("ID_LIKE", "").lower().split() if _is_id(word)),
        variant=fields.get("VARIANT_ID", ""),
        cpe=fields.get("CPE_NAME", ""),
        location=location,
    )


def parse_lsb_release(content: bytes, location: str) -> Distro:
    """
    Return the distribution that an lsb-release (or openwrt_release) file names.

    Raises:
        FormatError: it has no valid DISTRIB_ID.
        LimitExceeded: the file is over ``FILE_BYTES``.
    """
    fields = parse_assignments(content)
    distro_id = fields.get("DISTRIB_ID", "").lower()
    if not _is_id(distro_id):
        raise FormatError("no valid DISTRIB_ID in the lsb-release file")
    return Distro(
        id={"arch": "arch", "archlinux": "arch"}.get(distro_id, distro_id),
        version=fields.get("DISTRIB_RELEASE", ""),
        codename=fields.get("DISTRIB_CODENAME", ""),
        name=fields.get("DISTRIB_DESCRIPTION", ""),
        location=location,
    )


def parse_release_line(content: bytes, location: str) -> Distro:
    """
    Return the distribution that a line like "CentOS release 6.10 (Final)" names.

    Raises:
        FormatError: the line is of no known form.

    >>> distro = parse_release_line(b"CentOS Linux release 7.5.1804 (Core) \\n", "x")
    >>> distro.id, distro.version
    ('centos', '7')
    """
    line = _first_line(content)
    match = _RELEASE_LINE.match(line)
    distro_id = _ONE_LINE_IDS.get(match[1].strip().lower()) if match else None
    if not match or not distro_id:
        raise FormatError("a release line of unknown form")
    version = match[2]
    if distro_id == "centos" and int(re.split(r"\D", version)[0]) >= 7:
        version = version.partition(".")[0]  # what CentOS' own os-release says
    return Distro(
        id=distro_id, version=version, codename=match[3] or "", name=line, location=location
    )


def parse_suse_release(content: bytes, location: str) -> Distro:
    """
    Return the distribution of etc/SuSE-release (SLES 11 and 12).

    Raises:
        FormatError: it has no VERSION.
    """
    fields = dict(
        re.findall(r"(?m)^(VERSION|PATCHLEVEL) = (\d{1,4}(?:\.\d{1,4})?)$", _text(content))
    )
    line = _first_line(content)
    if "VERSION" not in fields:
        raise FormatError("a SuSE-release file without VERSION")
    patch = fields.get("PATCHLEVEL", "0")
    return Distro(
        id="opensuse" if line.lower().startswith("opensuse") else "sles",
        version=fields["VERSION"] + (f".{patch}" if patch != "0" else ""),
        name=line,
        like=("suse",),
        location=location,
    )


def parse_alpine_release(content: bytes, location: str) -> Distro:
    """
    Return Alpine with the version that etc/alpine-release holds.

    Raises:
        FormatError: it holds no version.

    >>> parse_alpine_release(b"3.10.9\\n", "etc/alpine-release").version
    '3.10.9'
    """
    line = _first_line(content)
    if not re.fullmatch(r"\d{1,3}\.\d{1,3}[\w.]{0,40}", line):
        raise FormatError("no version in alpine-release")
    return Distro(
        id="alpine",
        version="edge" if "_alpha" in line else line,
        name="Alpine Linux",
        location=location,
    )


def parse_debian_version(content: bytes, location: str) -> Distro:
    """
    Return Debian with the release that etc/debian_version names ("12.15", or "trixie/sid").

    Raises:
        FormatError: it names none.

    >>> parse_debian_version(b"12.15\\n", "x").version
    '12'
    >>> parse_debian_version(b"trixie/sid\\n", "x").codename
    'trixie'
    """
    line = _first_line(content)
    match = re.fullmatch(r"(?:(\d{1,3})(?:\.[\d.]{1,20})?|([a-z]{1,30})(?:/sid)?)", line)
    if not match:
        raise FormatError("no release in debian_version")
    return Distro(
        id="debian",
        version=match[1] or "",
        codename=match[2] or "",
        name=f"Debian GNU/Linux {line}",
        location=location,
    )


def parse_apk_repositories(content: bytes) -> str:
    """
    Return the one Alpine release (``3.18``, ``edge``) that all active repositories name, or "".

    Tagged lines (``@edge https://…``) serve single packages and do not count.

    >>> parse_apk_repositories(b"https://x/alpine/v3.18/main\\n@e https://x/alpine/edge/main\\n")
    '3.18'
    """
    releases = set()
    for line in _text(content)[:FILE_BYTES].splitlines():
        match = _RELEASE_PATH.search(line.strip()[:500]) if line[:1] not in "#@" else None
        if match:
            releases.add(match[1] or match[2])
    return releases.pop() if len(releases) == 1 else ""


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1]
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return _ESCAPE.sub(r"\1", value)


def _is_id(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", text))


def _text(content: bytes) -> str:
    return content[:FILE_BYTES].decode(errors="replace")


def _first_line(content: bytes) -> str:
    return next((line.strip() for line in _text(content).splitlines() if line.strip()), "")[:200]
