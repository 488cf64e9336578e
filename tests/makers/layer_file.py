"""Make the file that a layer unit is given, and run a unit on a set of files."""

from collections.abc import Mapping

from pratique.kit.held_file import HeldFile


def layer_file(path: str, content: bytes | str, mode: int = 0o644) -> HeldFile:
    """Return a file of a layer; text is encoded as UTF-8."""
    return HeldFile(path, mode, content.encode() if isinstance(content, str) else content)


def layer_files(files: Mapping[str, bytes | str]) -> tuple[HeldFile, ...]:
    """Return several, in order."""
    return tuple(layer_file(path, content) for path, content in files.items())
