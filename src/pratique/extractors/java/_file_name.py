"""
Cut the file name of a jar into artifact and version.

Law: the version starts at the last part (between hyphens) that begins with a digit, and reaches back
over parts that are digits or words of pre-releases; so ``log4j-1.2-api-2.19.0`` is ``log4j-1.2-api``
in ``2.19.0``. What follows the version stays part of it: only a manifest can tell a classifier.
"""

_WORDS = frozenset(
    [
        "a",
        "alpha",
        "b",
        "beta",
        "build",
        "cr",
        "ea",
        "final",
        "ga",
        "incubating",
        "m",
        "milestone",
        "pre",
        "preview",
        "rc",
        "release",
        "rev",
        "sp",
        "snapshot",
    ]
)
_CLASSIFIERS = (
    "-jar-with-dependencies",
    "-javadoc",
    "-sources",
    "-tests",
    "-shaded",
    "-exec",
    "-plain",
    "-all",
    "-linux-x86_64",
    "-linux-x86_32",
    "-linux-aarch_64",
    "-linux-aarch64",
    "-osx-x86_64",
    "-osx-aarch_64",
    "-windows-x86_64",
    "-no_aop",
    "-native",
)


def parted(stem: str) -> tuple[str, str]:
    """
    Return artifact and version of a file name without its suffix; no version where it has none.

    >>> parted("log4j-1.2-api-2.19.0"), parted("foo-1.0-beta-2"), parted("guava-32.1.2-jre")
    (('log4j-1.2-api', '2.19.0'), ('foo', '1.0-beta-2'), ('guava', '32.1.2-jre'))
    >>> parted("commons-io"), parted("netty-4.1.1.Final-linux-x86_64"), parted("x-2.0-20190101.1-3")
    (('commons-io', ''), ('netty', '4.1.1.Final'), ('x', '2.0-20190101.1-3'))
    """
    for ending in _CLASSIFIERS:
        stem = stem.removesuffix(ending)
    parts = stem.split("-")
    start = max((at for at, part in enumerate(parts) if part[:1].isdigit()), default=0)
    while start > 1 and _goes_on(parts, start):
        start -= 1
    if start == 0 or not parts[start][:1].isdigit():
        return stem, ""
    return "-".join(parts[:start]), "-".join(parts[start:])


def _goes_on(parts: list[str], start: int) -> bool:
    """Return whether the part before ``start`` belongs to the version as well."""
    before = parts[start - 1]
    if before[:1].isdigit():
        return True
    return before.rstrip("0123456789.").lower() in _WORDS and parts[start - 2][:1].isdigit()
