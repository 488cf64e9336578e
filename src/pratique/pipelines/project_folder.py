"""
Read the files of the project that a Compose file belongs to, and nothing else.

The project folder is the git work tree that the file lies in, else the folder a person named, else the
file's own. Law: a name that leads out of it, also by a symbolic link, is as good as absent.
"""

from collections.abc import Sequence
from pathlib import Path

from pratique.formats.compose.project import MOST_BYTES, Read
from pratique.formats.git_index import MOST_BYTES as MOST_INDEX
from pratique.formats.git_index import read_index_names
from pratique.model.errors import FormatError

_MOST_UP = 64


def project_folder(place: Path, paths: Sequence[str]) -> Path:
    """Return the folder whose files may be read; ``paths`` are those a person named."""
    own = place.parent.resolve()
    for folder in (own, *own.parents)[:_MOST_UP]:
        if (folder / ".git").exists():
            return folder
    named = [Path(path).resolve() for path in paths if path != "-" and Path(path).is_dir()]
    return next((one for one in named if one in (own, *own.parents)), own)


def name_in(folder: Path, place: Path) -> str:
    """Return the path of a file in its project folder."""
    return (place.parent.resolve() / place.name).relative_to(folder).as_posix()


def reader(folder: Path | None, main: str, content: bytes) -> Read:
    """Return what reads the project's files; ``main`` is read as the bytes given."""
    top = folder.resolve() if folder else None

    def read(name: str) -> bytes | None:
        if name == main:
            return content
        place = (top / name).resolve() if top and "\0" not in name else None
        if top is None or place is None or top not in place.parents:
            return None
        try:
            if not place.is_file():
                return None
            with place.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except OSError:
            return None

    return read


def committed_files(folder: Path) -> frozenset[str] | None:
    """Return the files that git keeps of a work tree, None where nobody knows."""
    try:
        with (folder / ".git" / "index").open("rb") as file:
            return read_index_names(file.read(MOST_INDEX + 1))
    except (OSError, FormatError):
        return None
