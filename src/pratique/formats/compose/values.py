"""
Hold the values of a Compose file as they are once variables are put in, each with its node.

Law: a value knows its file and the node that was written there, so whatever is said of it can be
shown and changed in place; an alias and the anchor it names share one node.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from pratique.formats.compose.interpolation import fill
from pratique.formats.documents.yaml_nodes import MISSING, Node
from pratique.model.errors import FormatError

_TRUE = frozenset({"true", "yes", "y", "on"})
_FALSE = frozenset({"false", "no", "n", "off"})


class Value(Struct, frozen=True, kw_only=True):
    """
    A value of the model.

    ``text`` is a scalar with its variables put in, ``raw`` as it was written; ``unset`` names the
    variables that nobody here knows. ``part``: ``node`` is more than this value (``NAME=value`` of a
    list). One that is not there is ``NOTHING``.
    """

    file: str = ""
    node: Node = MISSING
    text: str = ""
    unset: tuple[str, ...] = ()
    items: "tuple[Value, ...]" = ()
    fields: "Mapping[str, Value]" = {}
    keys: Mapping[str, Node] = {}
    part: bool = False
    raw: str = ""

    def __bool__(self) -> bool:
        """Return whether there is a value: neither absent nor null."""
        return bool(self.node)

    @property
    def is_mapping(self) -> bool:
        """Return whether it is a mapping, also an empty one."""
        return bool(self.fields) or isinstance(self.node.value, Mapping)

    @property
    def is_list(self) -> bool:
        """Return whether it is a list, also an empty one; one that was merged into a mapping is none."""
        return isinstance(self.node.value, tuple) and not self.fields

    @property
    def truth(self) -> bool | None:
        """Return what it says as a boolean, None where it is none; quotes do not count."""
        word = self.text.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else None

    @property
    def written(self) -> str:
        """Return what the text is where no variable is set: what stands in the file itself."""
        try:
            return fill(self.raw, {}).text
        except FormatError:
            return ""

    def at(self, *path: str) -> "Value":
        """Return the value down a path of keys, ``NOTHING`` where it ends early."""
        value = self
        for step in path:
            value = value.fields.get(step, NOTHING)
        return value

    def texts(self) -> "tuple[Value, ...]":
        """Return the scalars of a list, or the one scalar as a list of one."""
        if self.items:
            return tuple(one for one in self.items if one and not one.is_mapping)
        return (self,) if self and not self.is_mapping and not self.is_list else ()


NOTHING = Value()


def values_of(
    file: str,
    node: Node,
    variables: Mapping[str, str],
    problem: Callable[[int, str], None] = lambda line, reason: None,
) -> Value:
    """
    Return the values of a node; what cannot be read is told to ``problem`` and stays as written.

    >>> from pratique.formats.documents.yaml_nodes import read_nodes
    >>> node = read_nodes(b"a: &x ${V:-1}\\nb: *x")[0].root
    >>> values_of("compose.yaml", node, {"V": "2"}).at("b").text
    '2'
    """
    made: dict[int, Value] = {}

    def value_of(one: Node) -> Value:
        if id(one) not in made:
            made[id(one)] = _made(one)
        return made[id(one)]

    def _made(one: Node) -> Value:
        if isinstance(one.value, tuple):
            return Value(file=file, node=one, items=tuple(map(value_of, one.value)))
        if isinstance(one.value, Mapping):
            fields = {key: value_of(below) for key, below in one.value.items()}
            return Value(file=file, node=one, fields=fields, keys=one.keys)
        try:
            filled = fill(one.text, variables)
        except FormatError as error:
            problem(one.line, str(error))
            return Value(file=file, node=one, raw=one.text, unset=("?",))
        return Value(file=file, node=one, text=filled.text, unset=filled.unset, raw=one.text)

    return value_of(node)
