"""
Let a rule that names ``/proc/self`` see who opens it by that name.

A file's path (``fd.name``) is walked in the kernel, where no link is left in it: what is opened as
``/proc/self/exe`` has the program's own path, and one as ``/proc/self/fd/3`` the path of what the
descriptor stands for. Rules of Falco's compare ``fd.name`` with the name as it was passed. Law: a
comparison with a path below ``/proc/self/`` or ``/proc/thread-self/`` holds where it holds of either
name; a comparison with another path is left as it is, so that no link hides a file.
"""

from pratique.formats.falco.rewriting import Leaf, rewritten
from pratique.formats.falco.syntax import Check, Condition, FieldRef, Or, Text, Texts

_LINKS = ("/proc/self/", "/proc/thread-self/")
_WALKED, _PASSED = FieldRef("fd.name"), FieldRef("fd.nameraw")
_WAYS = frozenset({"=", "==", "in", "startswith", "glob", "pmatch", "contains", "endswith"})


def through_links(tree: Condition) -> Condition:
    """
    Return a condition that also looks at the name as it was passed, where that has a link in it.

    >>> from pratique.formats.falco.parsing import parse_condition
    >>> from pratique.formats.falco.printing import printed
    >>> printed(through_links(parse_condition("not fd.name = /proc/self/exe")))
    'not (fd.name = /proc/self/exe or fd.nameraw = /proc/self/exe)'
    """
    return rewritten(tree, _by_either_name)


def _by_either_name(leaf: Leaf) -> Condition:
    match leaf:
        case Check(left, operator, right, modifier) if left == _WALKED and operator in _WAYS:
            passed = _with_links(right)
            if passed is not None:
                return Or((leaf, Check(_PASSED, operator, passed, modifier)))
    return leaf


def _with_links(right: object) -> Text | Texts | None:
    match right:
        case Text(value) if value.startswith(_LINKS):
            return right
        case Texts(values):
            found = tuple(one for one in values if one.value.startswith(_LINKS))
            return Texts(found) if found else None
        case _:
            return None
