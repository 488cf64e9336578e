"""Describe which packages of an image were seen at work."""

from msgspec import Struct


class InUse(Struct, frozen=True, kw_only=True, order=True):
    """
    One file of a package that was run, mapped or loaded by an interpreter in a container.

    ``digest`` is the image's, ``package`` a ``Package.key`` of its report, ``path`` absolute as the
    container saw it; times are ns since the epoch. Law: a package without such a record is not known
    to be unused, it was only not seen.
    """

    digest: str
    package: str
    path: str
    first_ns: int
    last_ns: int


class Usage(Struct, frozen=True, kw_only=True):
    """When a package was seen at work, and by which of its files; ISO 8601, UTC."""

    path: str
    first: str
    last: str


def widened(one: InUse, other: InUse) -> InUse:
    """
    Return one record for two of the same file.

    >>> early = InUse(digest="d", package="p", path="/p", first_ns=1, last_ns=2)
    >>> late = InUse(digest="d", package="p", path="/p", first_ns=5, last_ns=9)
    >>> widened(late, early).first_ns, widened(late, early).last_ns
    (1, 9)
    """
    return InUse(
        digest=one.digest,
        package=one.package,
        path=one.path,
        first_ns=min(one.first_ns, other.first_ns),
        last_ns=max(one.last_ns, other.last_ns),
    )
