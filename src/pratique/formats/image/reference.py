"""
Read image references as Docker and containerd do.

Grammar (https://github.com/distribution/reference): ``[host[:port]/]path[:tag][@digest]``. The
first part is a host when it holds a dot, a colon or an upper-case letter, or is ``localhost``;
otherwise the image lies on Docker Hub (``alpine`` is ``docker.io/library/alpine:latest``).
"""

import re

from msgspec import Struct

from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.errors import TargetError

DOCKER_HUB = "docker.io"
_MOST = 255
"""Length of a repository name with its host, as the grammar has it."""

_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-fA-F:.]{2,45}\])(?::[0-9]{1,5})?"
)
_PART = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


class InvalidReference(TargetError):
    """Report text that is no image reference."""

    fix = "write [HOST[:PORT]/]NAME[:TAG][@sha256:…], in lower case; ./NAME means a file"


class Reference(Struct, frozen=True, kw_only=True):
    """
    A whole reference: where, what, and which one of it.

    ``tag`` is empty only where a digest alone was given.
    """

    host: str
    repository: str
    tag: str = ""
    digest: Digest | None = None

    def __str__(self) -> str:
        """Return the whole form: ``docker.io/library/alpine:3.20``."""
        tag = f":{self.tag}" if self.tag else ""
        digest = f"@{self.digest}" if self.digest else ""
        return f"{self.host}/{self.repository}{tag}{digest}"

    @property
    def familiar(self) -> str:
        """Return the form people write: ``alpine:3.20``."""
        text = str(self).removeprefix(f"{DOCKER_HUB}/")
        return text.removeprefix("library/") if text != str(self) else text


def parse_reference(text: str) -> Reference:
    """
    Return the reference that ``text`` means.

    Raises:
        InvalidReference: it is none.
        InvalidDigest: what follows the ``@`` is no digest.

    >>> str(parse_reference("alpine")), parse_reference("localhost:5000/a/b@sha256:" + "0" * 64).tag
    ('docker.io/library/alpine:latest', '')
    """
    rest, at, digest_text = text.partition("@")
    digest = _named_digest(digest_text) if at else None
    name, tag = _split_tag(rest)
    host, path = _split_host(name)
    if host in ("index.docker.io", "registry-1.docker.io"):
        host = DOCKER_HUB
    if host == DOCKER_HUB and "/" not in path:
        path = f"library/{path}"
    if not _is_repository(host, path) or (tag and not _TAG.fullmatch(tag)):
        raise InvalidReference(f"not an image reference: {text[:120]!r}")
    return Reference(
        host=host, repository=path, tag=tag or ("" if digest else "latest"), digest=digest
    )


def _named_digest(text: str) -> Digest:
    try:
        return parse_digest(text)
    except InvalidDigest as error:
        hint = "after the @ stand sha256: and 64 hexadecimal digits in lower case"
        raise InvalidDigest(str(error), hint=hint) from None


def _split_tag(text: str) -> tuple[str, str]:
    name, colon, tag = text.rpartition(":")
    if not colon or "/" in tag:
        return text, ""
    if not tag:
        raise InvalidReference(f"not an image reference: {text[:120]!r}")
    return name, tag


def _split_host(name: str) -> tuple[str, str]:
    first, slash, rest = name.partition("/")
    is_host = "." in first or ":" in first or first == "localhost" or first != first.lower()
    return (first, rest) if slash and is_host else (DOCKER_HUB, name)


def _is_repository(host: str, path: str) -> bool:
    if len(host) + len(path) + 1 > _MOST or not _HOST.fullmatch(host):
        return False
    return all(_PART.fullmatch(part) for part in path.split("/"))
