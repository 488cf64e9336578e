"""Gather all rules: the families in ``kinds/`` and those that look at names and connections."""

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from pratique.secrets import assignments, connections, key_stores
from pratique.secrets.interface import SecretKind
from pratique.secrets.rule import Rule


def all_kinds() -> tuple[SecretKind, ...]:
    """Return every kind of credential, the general ones included, sorted by id."""
    found = [*_families(), *assignments.KINDS, *connections.KINDS, *key_stores.KINDS]
    return tuple(sorted(found, key=lambda kind: kind.id))


@cache
def rules_version() -> str:
    """
    Return what changes whenever a rule of our own does, or how it is confirmed.

    The files are read, not run: a scan whose rules are kept runs few of them.
    """
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted((*folder.glob("*.py"), *folder.glob("kinds/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the rules of every kind; made once; each is compiled when it is first needed."""
    special = sorted(_families(), key=lambda kind: kind.id)
    return (
        *(Rule(kind=kind, general=kind.general) for kind in special),
        *assignments.RULES,
        *connections.RULES,
    )


def _families() -> list[SecretKind]:
    package = importlib.import_module("pratique.secrets.kinds")
    found: list[SecretKind] = []
    for info in pkgutil.iter_modules(package.__path__):
        if not info.name.startswith("_"):
            found += importlib.import_module(f"{package.__name__}.{info.name}").KINDS
    return found
