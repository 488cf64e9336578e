"""
Load the sequences that come with the program: one file each, package data beside this module.
"""

from functools import cache
from importlib.resources import files

from pratique.detections.correlation.language import Sequence, read_sequence

FOLDER = "sequences"


@cache
def built_in() -> tuple[Sequence, ...]:
    """Return the built-in sequences by name."""
    folder = files("pratique.detections.correlation") / FOLDER
    found = (
        read_sequence(one.read_bytes(), one.name)
        for one in folder.iterdir()
        if one.name.endswith(".yaml")
    )
    return tuple(sorted(found, key=lambda sequence: sequence.name))
