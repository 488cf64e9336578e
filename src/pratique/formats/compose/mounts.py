"""
Read what a service mounts, in the short and long form.

Short: ``[SOURCE:]TARGET[:OPTIONS]``. A source that begins with ``.``, ``/``, ``~`` or a drive is a path of
the host, any other is a volume's name; a named volume whose driver binds a path of the host is a
bind too. Source: https://docs.docker.com/reference/compose-file/services/#volumes
"""

import re
from collections.abc import Iterator, Mapping
from posixpath import normpath

from msgspec import Struct

from pratique.formats.compose.values import NOTHING, Value

_PATH = re.compile(r"[./~]|[A-Za-z]:[\\/]|\\\\")
_DRIVE = re.compile(r"[A-Za-z]:[\\/][^:]*")


class Mount(Struct, frozen=True, kw_only=True):
    """
    Something that is mounted into a container.

    ``kind`` is ``bind``, ``volume``, ``tmpfs``… ``source`` is the host's path of a bind (normalised, ``~``
    kept) or the volume's name; ``options`` are those of the short form or the long form's propagation.
    ``through`` is the named volume that stands between.
    """

    at: Value
    kind: str
    source: str = ""
    target: str = ""
    options: tuple[str, ...] = ()
    short: bool = True
    through: str = ""

    @property
    def read_only(self) -> bool:
        """Return whether the container cannot write there."""
        return "ro" in self.options or "readonly" in self.options

    @property
    def known(self) -> bool:
        """Return whether every variable of it has a value."""
        return not (self.at.unset or self.at.at("source").unset)


def mounts_of(value: Value, volumes: Mapping[str, Value]) -> Iterator[Mount]:
    """Yield the mounts that can be read; ``volumes`` are the named ones of the project."""
    for item in value.items:
        found = _long(item) if item.is_mapping else _short(item)
        if found is not None:
            yield _behind(found, volumes)


def _short(item: Value) -> Mount | None:
    text = item.text.strip()[:8000]
    if not text:
        return None
    drive = _DRIVE.match(text)
    source, rest = (drive[0], text[drive.end() + 1 :]) if drive else ("", text)
    words = rest.split(":")
    if not drive:
        if len(words) == 1:
            return Mount(at=item, kind="volume", target=_path(words[0]))
        source, words = words[0], words[1:]
    kind = "bind" if _PATH.match(source) else "volume"
    options = tuple(words[1].split(",")) if len(words) > 1 else ()
    source = _path(source) if kind == "bind" else source
    return Mount(at=item, kind=kind, source=source, target=_path(words[0]), options=options)


def _long(item: Value) -> Mount:
    kind = item.at("type").text or "volume"
    source = item.at("source").text or item.at("src").text
    target = item.at("target") or item.at("destination") or item.at("dst")
    read_only = (item.at("read_only") or item.at("readonly")).truth
    propagation = item.at("bind", "propagation").text
    options = (*(("ro",) if read_only else ()), *((propagation,) if propagation else ()))
    return Mount(
        at=item,
        kind=kind,
        source=_path(source) if kind == "bind" else source,
        target=_path(target.text),
        options=options,
        short=False,
    )


def _behind(mount: Mount, volumes: Mapping[str, Value]) -> Mount:
    """Return a mount of a named volume as the bind that it is where its driver binds a path."""
    driver = volumes.get(mount.source, NOTHING).at("driver_opts")
    device = driver.at("device").text
    binds = {"bind", "rbind"} & set(driver.at("o").text.split(","))
    if mount.kind != "volume" or not device.startswith(("/", "~")) or not binds:
        return mount
    return Mount(
        at=mount.at,
        kind="bind",
        source=_path(device),
        target=mount.target,
        options=mount.options,
        short=mount.short,
        through=mount.source,
    )


def _path(text: str) -> str:
    """
    Return a path without double slashes and dots.

    >>> _path("//etc/./x/"), _path("~/.ssh/"), _path(""), _path("./a")
    ('/etc/x', '~/.ssh', '', 'a')
    """
    return (
        "/" + normpath(text).lstrip("/") if text.startswith("/") else normpath(text) if text else ""
    )
