"""List the files of this repository, as git would commit them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Return every tracked or new file, ignored ones left out, relative to the root; sorted."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    paths = sorted(Path(name) for name in listed.split("\0") if name)
    return tuple(path for path in paths if (ROOT / path).is_file())


def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files below the folders named."""
    return tuple(path for path in files() if path.suffix == ".py" and path.parts[0] in folders)


def text(path: Path) -> str:
    """Return the text of a file of the repository."""
    return (ROOT / path).read_text()
