"""
List, in one pass over all layers, the entries that checks of an image ask for by mode or name.

Law: entries of every layer are listed, whether or not a later one deletes them. Bound: at most
``MOST`` of each sort, in the order of the layers; a scene with more is not told in full.
"""

from collections.abc import Sequence

from pratique.checks.image.interface import Marked
from pratique.model.layer import Entry, EntryKind, LayerFacts

MOST = 20_000
HISTORIES = frozenset({
    ".ash_history", ".bash_history", ".sh_history", ".zsh_history", ".python_history",
    ".mysql_history", ".psql_history", ".sqlite_history", ".node_repl_history", ".rediscli_history",
    ".mongorc.js.history", ".dbshell",
})  # fmt: skip
"""What interactive programs remember of what was typed."""
REPOSITORIES = frozenset({".git", ".svn", ".hg", ".bzr"})
"""Folders in which version control keeps its history."""
BUILD_FILES = frozenset({
    "Dockerfile", "Containerfile", "docker-compose.yml", "docker-compose.yaml", "compose.yaml",
    ".dockerignore", "Vagrantfile", "Jenkinsfile", ".gitlab-ci.yml", ".travis.yml", ".DS_Store",
    "Thumbs.db", ".vimrc", ".viminfo", ".swp",
})  # fmt: skip
"""What belongs to the one who builds, not to what runs."""
KEYS = frozenset({"authorized_keys", "authorized_keys2"})
"""Files by which sshd lets people in."""
SERVERS = frozenset({"sshd", "dropbear", "telnetd", "in.telnetd", "rshd", "in.rshd", "vsftpd"})
"""Programs that let people log in from elsewhere."""
NAMES = HISTORIES | REPOSITORIES | BUILD_FILES | KEYS | SERVERS | {".env", "core"}
_STARTS = (".env.", "core.")
_SPECIAL = 0o6002
_MODED = (EntryKind.FILE, EntryKind.DIRECTORY)


def special(facts: Sequence[LayerFacts]) -> tuple[Marked, ...]:
    """Return files and directories with setuid, setgid, world-writable or extended attributes."""
    found = []
    for layer, fact in enumerate(facts):
        for entry in fact.entries:
            if (entry.mode & _SPECIAL or entry.xattrs) and entry.kind in _MODED:
                found.append(Marked(layer, entry))
    return tuple(found[:MOST])


def named(facts: Sequence[LayerFacts]) -> dict[str, tuple[Marked, ...]]:
    """Return the files and directories with a name of ``NAMES``; ``.env.x`` is under ``.env``."""
    found: dict[str, list[Marked]] = {}
    for layer, fact in enumerate(facts):
        for entry in fact.entries:
            name = entry.path.rpartition("/")[2]
            if name in NAMES or name.startswith(_STARTS):
                _add(found, name, Marked(layer, entry))
    return {name: tuple(marked) for name, marked in found.items()}


def _add(found: dict[str, list[Marked]], name: str, marked: Marked) -> None:
    entry: Entry = marked.entry
    if entry.kind not in _MODED:
        return
    for start in _STARTS:
        if name.startswith(start):
            name = start[:-1]
    listed = found.setdefault(name, [])
    if len(listed) < MOST:
        listed.append(marked)
