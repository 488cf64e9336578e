"""Say in words what a kind of credential is, how it is told from others, and what to do."""

from pratique.secrets.interface import SecretKind
from pratique.secrets.rules import all_kinds


def kinds_called(name: str) -> list[SecretKind]:
    """
    Return the kinds of a name, which may be the one that gitleaks uses; our own first.

    >>> [kind.id for kind in kinds_called("npm-access-token")]
    ['npm-token']
    """
    found = [kind for kind in all_kinds() if name == kind.id or name in kind.aliases]
    return sorted(found, key=lambda kind: kind.id != name)


def words_of(kind: SecretKind) -> list[str]:
    """Return what there is to say of a kind, a paragraph each; the first is its title."""
    graded = f"Severity {kind.severity}, confidence {kind.confidence}"
    if kind.proof is not None:
        graded = f"Severity {kind.severity}; confidence high with a right checksum, else low"
    where = f" It is looked for only in {', '.join(kind.paths)}." if kind.paths else ""
    lines = [
        f"{kind.title}.",
        f"{graded}.{where}{_way(kind)}",
        f"To do: {kind.rotate.rstrip('.')}.",
    ]
    if kind.aliases:
        lines.append("Also called " + ", ".join(kind.aliases) + ".")
    return lines


def _way(kind: SecretKind) -> str:
    if kind.general:
        return " It says little about where the value comes from; a more special kind goes first."
    return ""
