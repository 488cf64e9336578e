"""
Tell from an image's own data what it was built on: the chain of its layers, its build history.

A chain ID names a stack of layers, so two images share a base exactly where they share a chain ID.
The history is the builder's word and is only guessed from: a base image ends with its default
command, so the base is taken to end at the last CMD or ENTRYPOINT that a further layer follows, or,
without such a line, behind the root file system that the first step unpacked.

Source: OCI image-spec v1.1 config.md, "Layer ChainID"; image-spec annotations.md (base.name,
base.digest).
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

from pratique.model.digest import Digest
from pratique.model.image import HistoryEntry

BASE_NAME = "org.opencontainers.image.base.name"
BASE_DIGEST = "org.opencontainers.image.base.digest"
_STEP_CHARS = 4000
_COMMAND = re.compile(r"(?:/bin/sh -c #\(nop\) +)?(?:CMD|ENTRYPOINT)\b\s*(.*)", re.DOTALL)
_SHELL = re.compile(r'\[?\s*"?(?:/(?:usr/)?bin/)?(?:ba|da|a|z|)sh"?\s*\]?\s*(?:# buildkit)?\s*')
_ROOT = re.compile(
    r"/bin/sh -c #\(nop\) ADD (?:file|multi):\S+ in / *$"
    r"|ADD \S*(?:rootfs|base|core|minimal)\S*\.tar\S* / # buildkit$|# debian\.sh\b|KIWI\b"
)


def chain_ids(diff_ids: Iterable[Digest]) -> tuple[Digest, ...]:
    """
    Return the chain ID of the lowest layer, of the lowest two, and so on.

    >>> chain_ids((Digest("sha256:" + "a" * 64), Digest("sha256:" + "b" * 64)))[1][:19]
    'sha256:ccd722928bd9'
    """
    found: list[Digest] = []
    for diff_id in diff_ids:
        if found:
            both = f"{found[-1]} {diff_id}".encode()
            found.append(Digest(f"sha256:{hashlib.sha256(both).hexdigest()}"))
        else:
            found.append(diff_id)
    return tuple(found)


def guessed_boundary(history: Sequence[HistoryEntry], layers: int) -> int | None:
    """
    Return how many layers seem to be the base's; None when that cannot be told.

    An image that is only a root file system with a shell as its command is a base itself: None.

    >>> made = [HistoryEntry(created_by=s, empty_layer=e) for s, e in
    ...         (("# debian.sh", False), ('CMD ["bash"]', True), ("RUN make", False))]
    >>> guessed_boundary(made, 2), guessed_boundary(made[:2], 1)
    (1, None)
    """
    made, ends, commands = 0, [], []
    for entry in history:
        if not entry.empty_layer:
            made += 1
        elif command := _COMMAND.match(entry.created_by[:_STEP_CHARS]):
            commands.append(command[1])
            ends.append(made)
    if inner := [end for end in ends if 0 < end < layers]:
        return inner[-1]
    steps = [entry.created_by[:_STEP_CHARS] for entry in history if not entry.empty_layer]
    bare = all(_SHELL.fullmatch(command) for command in commands) and bool(commands)
    return 1 if layers > 1 and steps and _ROOT.match(steps[0]) and not bare else None
