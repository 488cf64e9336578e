"""
Say how conda writes package URLs, archive names and dependencies.

Source: https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
(archive names, match specifications); purl-spec, types/conda (qualifiers).
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import language_purl
from pratique.model.package import PackageType, Purl

_ENDINGS = (".tar.bz2", ".conda")
_CHARS = 4096


class Archive(Struct, frozen=True):
    """What the address of a package's archive says."""

    name: str
    version: str
    build: str
    subdir: str
    channel: str


def archive_of(url: str) -> Archive | None:
    """
    Return what the address of an archive says, or None if it is none.

    >>> one = archive_of("https://conda.anaconda.org/conda-forge/noarch/tzdata-2024a-h0c530f3_0.conda#5")
    >>> one.name, one.version, one.build, one.subdir, one.channel
    ('tzdata', '2024a', 'h0c530f3_0', 'noarch', 'conda-forge')
    """
    path = url[:_CHARS].partition("#")[0].partition("?")[0]
    folder, _, file = path.rpartition("/")
    for ending in _ENDINGS:
        if file.endswith(ending):
            parts = file.removesuffix(ending).rsplit("-", 2)
            if len(parts) == 3 and all(parts):
                subdir = folder.rpartition("/")[2]
                return Archive(parts[0], parts[1], parts[2], subdir, channel_of(None, url))
    return None


def channel_of(stated: object, url: str) -> str:
    """
    Return a channel's short name, from what a record states or else from an archive's address.

    >>> channel_of("https://repo.anaconda.com/pkgs/main/linux-64", "")
    'main'
    >>> channel_of(None, "https://conda.anaconda.org/conda-forge/noarch/a-1-0.conda")
    'conda-forge'
    """
    parts = [part for part in url[:_CHARS].split("/")[3:-2] if part]
    if isinstance(stated, str) and stated:
        parts = [part for part in stated[:_CHARS].rstrip("/").split("/") if part]
        if len(parts) > 1 and is_subdir(parts[-1]):
            parts.pop()
    return parts[-1] if parts else ""


def is_subdir(text: str) -> bool:
    """
    Say whether a word names a platform.

    >>> is_subdir("linux-aarch64"), is_subdir("noarch"), is_subdir("conda-forge")
    (True, True, False)
    """
    system = text.partition("-")[0]
    return text == "noarch" or (system in ("linux", "osx", "win", "emscripten", "wasi", "zos"))


def runs_on_linux(subdir: str) -> bool:
    """Say whether packages of a platform run on Linux; an unknown platform may."""
    return not subdir.startswith(("osx-", "win-", "emscripten-", "wasi-", "zos-", "freebsd-"))


def conda_url(name: str, version: str, qualifiers: Mapping[str, str], file: str = "") -> Purl:
    """
    Return a package URL; the kind of archive is taken from a file name or address.

    >>> conda_url("absl-py", "0.4.1", {"build": "py36_0", "subdir": "linux-64"}, "x.tar.bz2")
    'pkg:conda/absl-py@0.4.1?build=py36_0&subdir=linux-64&type=tar.bz2'
    """
    kind = next((one[1:] for one in _ENDINGS if file.partition("#")[0].endswith(one)), "")
    return language_purl(PackageType.CONDA, name, version, {**qualifiers, "type": kind})


def names_of(specifications: Iterable[str]) -> tuple[str, ...]:
    """
    Return the names in match specifications, without the virtual ones of the system.

    >>> names_of(["python >=3.8,<3.9.0a0", "__glibc >=2.17", "conda-forge::zlib"])
    ('python', 'zlib')
    """
    firsts = (one.strip().split(" ", 1)[0].rpartition("::")[2] for one in specifications)
    names = {first.split("[", 1)[0].split("=", 1)[0].rstrip("<>!~") for first in firsts}
    return tuple(sorted(name for name in names if is_word(name) and not name.startswith("__")))
