"""
Say how lockfiles of Python write environments and files.

Markers are not evaluated (a hostile one could be any size and depth): only a comparison that no
Linux passes is looked for, so what is locked for Windows and macOS alone is told from the rest.
Source: PEP 508 (markers), PEP 427 (file names).
"""

_ELSEWHERE = frozenset(
    {
        ("sys_platform", "win32"),
        ("sys_platform", "darwin"),
        ("sys_platform", "cygwin"),
        ("platform_system", "windows"),
        ("platform_system", "darwin"),
        ("os_name", "nt"),
    }
)
_MARKER_CHARS = 4096


def elsewhere(marker: str) -> bool:
    """
    Say whether a marker holds on no Linux, as far as one plain comparison shows.

    >>> elsewhere("sys_platform == 'win32' and python_version >= '3.8'")
    True
    >>> elsewhere("sys_platform != 'win32'"), elsewhere("os_name == 'nt' or extra == 'x'")
    (False, False)
    """
    if "==" not in marker or len(marker) > _MARKER_CHARS or " or " in f" {marker} ":
        return False
    for part in marker.split(" and "):
        left, equal, right = part.partition("==")
        sides = {_bare(left), _bare(right)}
        if equal and any(set(one) == sides for one in _ELSEWHERE):
            return True
    return False


def pinned_in_file_name(url: str) -> tuple[str, str]:
    """
    Return the name and version that the file name of a wheel says, or ("", "").

    >>> pinned_in_file_name("https://example.org/six-1.16.0-py2.py3-none-any.whl#sha256=0")
    ('six', '1.16.0')
    >>> pinned_in_file_name("git+https://example.org/six.git")
    ('', '')
    """
    name = url.partition("#")[0].partition("?")[0].rpartition("/")[2]
    parts = name.removesuffix(".whl").replace("%2B", "+").split("-")
    if not name.endswith(".whl") or len(parts) not in (5, 6):
        return "", ""
    return parts[0], parts[1]


def _bare(side: str) -> str:
    return side.strip(" \t()\"'").lower()
