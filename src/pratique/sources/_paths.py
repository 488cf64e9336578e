"""
Tell the path from the tag in ``PATH[:TAG]``, where either may hold colons.

Law: the longest beginning that exists is the path; without any, the part before the first colon.
"""

import os
from pathlib import Path

from pratique.sources.interface import TargetNotFound


def split_tag(text: str) -> tuple[Path, str]:
    """
    Return the path and the tag (or ``sha256:…`` digest) of a target.

    Raises:
        TargetNotFound: the text is empty or cannot be a path.

    >>> split_tag("/nowhere/x.tar:demo/one:1.0")
    (PosixPath('/nowhere/x.tar'), 'demo/one:1.0')
    """
    if not text or "\0" in text:
        raise TargetNotFound("no path was given", hint="write PATH or PATH:TAG after the prefix")
    for cut in [len(text), *_cuts(text)[::-1]]:
        if os.path.lexists(text[:cut]):
            return Path(text[:cut]), text[cut + 1 :]
    cuts = _cuts(text)
    return (Path(text[: cuts[0]]), text[cuts[0] + 1 :]) if cuts else (Path(text), "")


def _cuts(text: str) -> list[int]:
    return [position for position, char in enumerate(text) if char in ":@" and position]
