"""Say whether anybody may write into a folder of the image, as far as its tree shows."""

from pratique.checks.image.interface import Scene

_OPEN = ("tmp", "var/tmp", "dev/shm", "run/lock", "var/lock")


def is_open(scene: Scene, folder: str) -> bool:
    """Say whether a folder, or the one it would be made in, is writable for everybody."""
    path = folder.strip("/")
    if path in _OPEN or path.startswith(tuple(f"{one}/" for one in _OPEN)):
        return True
    node = scene.tree.get(path)
    return node is not None and bool(node.entry.mode & 0o002)


def unsafe_folders(scene: Scene, value: str) -> list[str]:
    """Return why entries of a search path are unsafe, in words, in order."""
    said = []
    for entry in value.split(":"):
        if entry in ("", "."):
            said.append("an empty entry, which is the current folder")
        elif entry.startswith("$"):
            continue
        elif not entry.startswith("/"):
            said.append(f"{entry[:100]}, which is relative")
        elif is_open(scene, entry):
            said.append(f"{entry[:100]}, which everybody may write to")
    return said
