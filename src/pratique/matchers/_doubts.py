"""
Say which packages share a flaw in name only: by their source, or by an update.

Headers of the Linux kernel are built from the kernel's source, so every flaw of the kernel is
listed for them; but they hold no code that runs, and a container runs on its host's kernel. Such
findings are kept (the publisher did name the source), with low confidence and the reason.

SUSE publishes an update of several sources as one erratum and does not say which of them has the
flaw; its title names the one it is for. What the title does not name has medium confidence. A flaw
that one update calls fixed in the installed version and a later one names again has low confidence.
"""

import re
from collections.abc import Iterable, Sequence

from pratique.matchers._queries import Claim
from pratique.matchers._ranges import Standing
from pratique.model.package import Package

_KERNEL_HEADERS = re.compile(
    r"linux-libc-dev(?:-.*)?|linux-headers(?:-.*)?|kernel(?:-[a-z0-9]+)*-headers(?:-.*)?"
    r"|linux-(?:glibc|kernel|api)-(?:devel|headers)"
)


def doubt_of(package: Package) -> str:
    """
    Return why findings on a package are doubtful, empty where they are not.

    >>> from pratique.model.package import PackageType, Purl
    >>> doubt_of(Package(type=PackageType.DEB, name="linux-libc-dev", version="6", purl=Purl("x")))
    'headers only: a container runs on the kernel of its host'
    """
    if _KERNEL_HEADERS.fullmatch(package.name):
        return "headers only: a container runs on the kernel of its host"
    return ""


def doubt_of_update(title: str, names: Iterable[str]) -> str:
    """
    Return why it is doubtful that an update's flaw is in a package of these names, or nothing.

    >>> doubt_of_update("Security update for buildah", ["libgpg-error0", "libgpg-error"])
    "titled 'Security update for buildah': the flaw may be in another of the updated packages"
    >>> doubt_of_update("Security update for glibc", ["nscd", "glibc"])
    ''
    """
    found = _SUSE_TITLE.match(title)
    if found is None:
        return ""
    words = [word for word in _WORD.findall(found[1].lower()) if word not in _NO_NAMES]
    related = any(word in name.lower() for name in names for word in words)
    return (
        "" if related else f"titled {title!r}: the flaw may be in another of the updated packages"
    )


def doubt_of_renaming(group: Sequence[Claim], standing: Sequence[Claim]) -> str:
    """
    Return why a flaw is doubtful that one update calls fixed here and a later one names again.

    The later update may complete the fix, or only recount what the version it brings has fixed.
    """
    if not all(claim.flaws.erratum for claim in standing):
        return ""
    feeds = {claim.candidate.advisory.feed for claim in standing}
    fixed = [
        claim.candidate.advisory.id
        for claim in group
        if claim.verdict.standing is Standing.FIXED
        and claim.flaws.erratum
        and claim.candidate.advisory.feed in feeds
    ]
    return f"{min(fixed)} calls the installed version fixed" if fixed else ""


_SUSE_TITLE = re.compile(r"(?:Security|Recommended|Optional|Feature) update for (.{1,300})")
_WORD = re.compile(r"[a-z][a-z0-9+]{1,40}")
_NO_NAMES = frozenset({"the", "and", "for", "of", "with", "linux", "live", "patch", "update"})
