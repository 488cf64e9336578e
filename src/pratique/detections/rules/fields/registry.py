"""
Find a field by its name.

``evt.arg.flags`` is the field ``evt.arg`` with the argument ``flags``: Falco's older way to write an
argument, kept for the fields below.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from pratique.detections.rules.fields import container, evt, fd, fs_path, ours, proc, user
from pratique.detections.rules.fields.field import Field
from pratique.formats.falco.syntax import FieldRef

_DOTTED = ("evt.arg", "evt.rawarg", "evt.abspath", "evt.type.is", "thread.cgroup", "k8s.pod.label")

CLASSES: Mapping[str, Sequence[Field]] = {
    "evt": evt.FIELDS,
    "proc": proc.FIELDS,
    "user": user.FIELDS,
    "fd": fd.FIELDS,
    "fs.path": fs_path.FIELDS,
    "container": container.FIELDS,
    "pratique": ours.FIELDS,
}
"""The fields by the module that answers them."""


@cache
def all_fields() -> Mapping[str, Field]:
    """
    Return every field by its name.

    >>> all_fields()["proc.name"].kind.value
    'text'
    """
    return {one.name: one for fields in CLASSES.values() for one in fields}


def resolved(
    reference: FieldRef, known: Mapping[str, Field] | None = None
) -> tuple[Field, str | None] | None:
    """
    Return the field that a reference names, and its argument; None where there is none.

    >>> found = resolved(FieldRef("evt.arg.flags"))
    >>> found and (found[0].name, found[1])
    ('evt.arg', 'flags')
    """
    fields = all_fields() if known is None else known
    found = fields.get(reference.name)
    if found is not None:
        return found, reference.argument
    for prefix in _DOTTED:
        rest = reference.name.removeprefix(f"{prefix}.")
        if rest != reference.name and prefix in fields and reference.argument is None:
            return fields[prefix], rest
    return None
