"""
Tell the class of a licence expression: what it asks of whoever passes the software on.

Law: of licences that all apply (AND) the strictest counts, of a choice (OR) the mildest that
anybody has read; an exception (WITH) makes strong copyleft weak unless it only lets another
licence in (OpenSSL). What nobody has read is unknown, not mild.

Source: the categories of AboutCode's LicenseDB (https://scancode-licensedb.aboutcode.org), which
license-expression carries; ``_OURS`` says where we differ: clauses on use over a network are
told from other copyleft (AGPL 13, CPAL 15, OSL 5, RPL 6.4, APSL 2.2 "deploy", EUPL 1 "online",
CAL 4.1, RPSL 2), and some licences are milder or stricter than their category.
"""

from functools import lru_cache

from pratique.licences._name_table import PROPRIETARY, PUBLIC_DOMAIN
from pratique.licences._spdx import listed
from pratique.licences._tree import Leaf, Tree
from pratique.licences.names import tree_of
from pratique.model.licence import LicenceClass
from pratique.model.severity import Severity

_CATEGORIES = {
    "Public Domain": LicenceClass.PUBLIC_DOMAIN,
    "Permissive": LicenceClass.PERMISSIVE,
    "Copyleft Limited": LicenceClass.WEAK_COPYLEFT,
    "Copyleft": LicenceClass.STRONG_COPYLEFT,
    "Source-available": LicenceClass.RESTRICTED,
    "Free Restricted": LicenceClass.RESTRICTED,
    "Proprietary Free": LicenceClass.RESTRICTED,
    "Commercial": LicenceClass.RESTRICTED,
}
_NETWORK = (
    "AGPL-1.0-only AGPL-1.0-or-later AGPL-3.0-only AGPL-3.0-or-later CPAL-1.0 OSL-1.0 OSL-1.1 "
    "OSL-2.0 OSL-2.1 OSL-3.0 NPOSL-3.0 RPL-1.1 RPL-1.5 RPSL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 "
    "APSL-2.0 EUPL-1.0 EUPL-1.1 EUPL-1.2 CAL-1.0 Parity-6.0.0 Parity-7.0.0 Watcom-1.0"
)
_STRONG = "CECILL-1.1 CECILL-2.0 CECILL-2.1 QPL-1.0 QPL-1.0-INRIA-2004"
_WEAK = (
    "CECILL-C LPPL-1.0 LPPL-1.1 LPPL-1.2 LPPL-1.3a LPPL-1.3c ErlPL-1.1 Interbase-1.0 SISSL "
    "SISSL-1.2 Linux-man-pages-copyleft LicenseRef-MPL LicenseRef-EPL LicenseRef-CC-BY-SA"
)
_PERMISSIVE = (
    "HPND-export-US HPND-export-US-acknowledgement HPND-UC-export-US Caldera "
    "LicenseRef-BSD LicenseRef-AFL LicenseRef-CC-BY"
)
_RESTRICTED = f"{PROPRIETARY} LicenseRef-Elastic"
_OURS = {
    name: known
    for names, known in (
        (_NETWORK, LicenceClass.NETWORK_COPYLEFT),
        (_STRONG, LicenceClass.STRONG_COPYLEFT),
        (_WEAK, LicenceClass.WEAK_COPYLEFT),
        (_PERMISSIVE, LicenceClass.PERMISSIVE),
        (_RESTRICTED, LicenceClass.RESTRICTED),
        (PUBLIC_DOMAIN, LicenceClass.PUBLIC_DOMAIN),
    )
    for name in names.split()
}
SEVERITIES = {
    LicenceClass.PUBLIC_DOMAIN: Severity.NEGLIGIBLE,
    LicenceClass.PERMISSIVE: Severity.NEGLIGIBLE,
    LicenceClass.WEAK_COPYLEFT: Severity.LOW,
    LicenceClass.UNKNOWN: Severity.LOW,
    LicenceClass.STRONG_COPYLEFT: Severity.MEDIUM,
    LicenceClass.NETWORK_COPYLEFT: Severity.HIGH,
    LicenceClass.RESTRICTED: Severity.HIGH,
}
"""How a class is graded where no policy says otherwise."""


@lru_cache(maxsize=1 << 12)
def class_of(expression: str) -> LicenceClass:
    """
    Return the class of an SPDX expression; of an empty one, unknown.

    >>> class_of("MIT OR AGPL-3.0-only").value, class_of("MIT AND AGPL-3.0-only").value
    ('permissive', 'network-copyleft')
    >>> class_of("GPL-2.0-only WITH Classpath-exception-2.0").value, class_of("LicenseRef-x").value
    ('weak-copyleft', 'unknown')
    """
    return _of_tree(tree_of(expression)) if expression.strip() else LicenceClass.UNKNOWN


def _of_tree(tree: Tree) -> LicenceClass:
    if isinstance(tree, Leaf):
        return _of_leaf(tree)
    classes = [_of_tree(part) for part in tree.parts]
    if tree.word == "AND":
        return max(classes, key=lambda one: one.rank)
    read = [one for one in classes if one is not LicenceClass.UNKNOWN]
    return min(read or classes, key=lambda one: one.rank)


def _of_leaf(leaf: Leaf) -> LicenceClass:
    own = _of_licence(leaf.licence)
    exception = listed(leaf.exception) if leaf.exception else None
    eases = exception is not None and exception.exception and exception.category != "Copyleft"
    if own is LicenceClass.STRONG_COPYLEFT and eases:
        return LicenceClass.WEAK_COPYLEFT
    return own


def _of_licence(name: str) -> LicenceClass:
    if name in _OURS:
        return _OURS[name]
    known = listed(name)
    return _CATEGORIES.get(known.category, LicenceClass.UNKNOWN) if known else LicenceClass.UNKNOWN
