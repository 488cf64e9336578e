"""Compare output with a reviewed file; ``PRATIQUE_GOLDEN=write`` (``make golden``) rewrites it."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "goldens"


def golden(name: str, content: bytes) -> None:
    """Fail unless ``content`` is what was last reviewed under ``name``."""
    place = FOLDER / name
    if os.environ.get("PRATIQUE_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        place.write_bytes(content)
    assert place.is_file(), f"no golden {name}: run `make golden` and review it"
    assert content == place.read_bytes(), f"{name} has changed: `make golden`, then review the diff"
