"""
Tell programs and shared libraries from everything else by their paths.

Only these say whether a package is there: manuals, locales, licences and data are left out of many
sound images.
"""

_FOLDERS = frozenset(
    ("bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin", "usr/libexec")
)
_HEADS = ("lib/", "lib64/", "usr/lib/", "usr/lib64/", "usr/local/lib/", "lib32/", "usr/lib32/")


def is_program(path: str) -> bool:
    """
    Say whether a path is that of a program or a shared library.

    >>> is_program("usr/bin/curl"), is_program("usr/lib/libssl.so.3"), is_program("usr/share/x.so")
    (True, True, False)
    """
    folder, _, name = path.rpartition("/")
    if folder in _FOLDERS:
        return True
    if ".so" not in name or not path.startswith(_HEADS):
        return False
    return name.endswith(".so") or name.partition(".so.")[2][:1].isdigit()
