"""
Tell data that merely touch a release from data that cover it.

A feed that dropped a release, or never had it, often still names it in a few records that are
about its siblings: an image of that release then shows next to nothing and looks clean. Law: a
release is thinly covered when all its names together have fewer than ``THIN`` statements while
another name under the same base has at least ``COVERED``; what is found still stands. Releases
that publishers cover have thousands of statements from their first day on, because old flaws are
carried over; a base that is small as a whole says nothing.
"""

from pratique.formats.versions.order import base_name
from pratique.model.advisory import AdvisoryLookup

THIN = 100
COVERED = 1000


def thin(names: tuple[str, ...], lookup: AdvisoryLookup) -> str:
    """Return why the data hardly cover a release of these full names, empty where they do."""
    held = 0
    for name in names:
        held += lookup.statements(name, THIN)
        if held >= THIN:
            return ""
    base = base_name(names[0])
    others = sorted(lookup.releases(base) - set(names))
    if not any(lookup.statements(other, COVERED) >= COVERED for other in others):
        return ""
    said = f"{held} statement{'' if held == 1 else 's'}"
    return f"the advisory data for {base} hold only {said} on {names[0]}"
