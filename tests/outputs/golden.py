"""Compare with a reviewed file; ``make golden TESTS=tests/outputs`` rewrites it."""

import os
import re
from pathlib import Path

from pratique import __version__

FOLDER = Path(__file__).parent / "goldens"


def golden(name: str, content: bytes) -> None:
    """Fail unless ``content``, our version aside, is what was last reviewed under ``name``."""
    content = re.sub(rb"(?<=[\"|])" + re.escape(__version__.encode()), b"VERSION", content)
    place = FOLDER / name
    if os.environ.get("PRATIQUE_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        place.write_bytes(content)
    assert place.is_file(), f"no golden {name}: write it, then review it"
    assert content == place.read_bytes(), f"{name} has changed: write it again, review the diff"
