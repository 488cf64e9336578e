"""
Divide a Dockerfile into stages, and say which values each instruction sees.

Laws of scope: an ARG before the first FROM is seen by FROM lines only, until a stage names it
again; ENV wins over ARG of the same name; a stage built on another one begins with that one's
values. A stage name means the latest earlier stage of that name, a number the stage of that index.

Source: https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.formats.dockerfile.reading import From, base_of, pairs_of
from pratique.formats.dockerfile.tree import Dockerfile, Instruction
from pratique.formats.dockerfile.variables import Expanded, expand
from pratique.model.errors import LimitExceeded

Values = Mapping[str, str]
MAX_VALUES = 1_000_000
"""Values remembered for all instructions together."""
MAX_VALUE_CHARS = 16 << 20
"""Characters of all values together."""


class Stage(Struct, frozen=True, kw_only=True):
    """
    One stage.

    ``image`` is what it is built on, expanded; ``missing`` are variables that had no value there.
    ``parent`` is the index of the stage it is built on, None for an image. ``scopes`` hold the
    values that each of ``instructions`` sees, in the same order; FROM is not among them.
    """

    index: int
    name: str
    opening: Instruction
    base: From
    image: str
    missing: tuple[str, ...]
    parent: int | None
    instructions: tuple[Instruction, ...]
    scopes: tuple[Values, ...]


def stages_of(file: Dockerfile, arguments: Values | None = None) -> tuple[Stage, ...]:
    """
    Return the stages in order.

    Args:
        file: the parsed file.
        arguments: what ``--build-arg`` would give.

    Raises:
        LimitExceeded: a value grows beyond every measure.
    """
    reading = _Reading(file.escape, arguments or {})
    for one in file.instructions:
        reading.see(one)
    reading.close()
    return tuple(reading.stages)


def chain_of(stages: tuple[Stage, ...], last: Stage) -> tuple[Stage, ...]:
    """Return the stages that a stage is built on one after the other, itself last."""
    found = [last]
    while found[-1].parent is not None:
        found.append(stages[found[-1].parent])
    return tuple(reversed(found))


class _Reading:
    def __init__(self, escape: str, arguments: Values) -> None:
        self.escape = escape
        self.arguments = arguments
        self.stages: list[Stage] = []
        self.named: dict[str, int] = {}
        self.ends: list[tuple[dict[str, str], frozenset[str]]] = []
        self.globals: dict[str, str] = {}
        self.opening: Instruction | None = None
        self.base: From | None = None
        self.instructions: list[Instruction] = []
        self.scopes: list[Values] = []
        self.values: dict[str, str] = {}
        self.fixed: frozenset[str] = frozenset()
        self.copied = 0
        self.chars = 0

    def see(self, one: Instruction) -> None:
        """Take the next instruction."""
        if one.keyword == "FROM":
            self.close()
            self._open(one)
        elif self.opening is None:
            if one.keyword == "ARG":
                self._global(one)
        else:
            self.instructions.append(one)
            self.scopes.append(self.values)
            self._apply(one)

    def close(self) -> None:
        """End the stage that is being read."""
        if self.opening is None or self.base is None:
            return
        image = expand(self.base.image.raw, self.globals, self.escape)
        self.stages.append(self._stage(self.opening, self.base, image))
        self.named[self.base.alias] = len(self.stages) - 1
        self.ends.append((self.values, self.fixed))
        self.opening = None

    def _stage(self, opening: Instruction, base: From, image: Expanded) -> Stage:
        return Stage(
            index=len(self.stages),
            name=base.alias,
            opening=opening,
            base=base,
            image=image.text,
            missing=image.missing,
            parent=self._parent(image.text),
            instructions=tuple(self.instructions),
            scopes=tuple(self.scopes),
        )

    def _open(self, one: Instruction) -> None:
        self.opening, self.base = one, base_of(one, self.escape)
        self.instructions, self.scopes = [], []
        self.values, self.fixed = {}, frozenset()
        if self.base is None:
            self.opening = None
            return
        parent = self._parent(expand(self.base.image.raw, self.globals, self.escape).text)
        if parent is not None:
            self.values, self.fixed = self.ends[parent]

    def _parent(self, image: str) -> int | None:
        return self.named.get(image.lower()) if image else None

    def _global(self, one: Instruction) -> None:
        for pair in pairs_of(one, self.escape):
            if pair.name in self.arguments:
                self.globals[pair.name] = self.arguments[pair.name]
            elif pair.value is not None:
                self.globals[pair.name] = self._expanded(pair.value, self.globals)

    def _apply(self, one: Instruction) -> None:
        if one.keyword not in ("ENV", "ARG"):
            return
        seen = self.values
        values = dict(seen)
        self.copied += len(values) + 1
        if self.copied > MAX_VALUES:
            raise LimitExceeded(f"more than {MAX_VALUES} values of ENV and ARG")
        fixed = set(self.fixed)
        for pair in pairs_of(one, self.escape):
            if one.keyword == "ENV":
                values[pair.name] = self._expanded(pair.value or "", seen)
                fixed.add(pair.name)
            elif pair.name not in self.fixed:
                self._argument(pair.name, pair.value, values)
        self.values, self.fixed = values, frozenset(fixed)

    def _argument(self, name: str, value: str | None, values: dict[str, str]) -> None:
        if name in self.arguments:
            values[name] = self.arguments[name]
        elif value is not None:
            values[name] = self._expanded(value, values)
        elif name in self.globals:
            values[name] = self.globals[name]

    def _expanded(self, value: str, seen: Values) -> str:
        text = expand(value, seen, self.escape).text
        self.chars += len(text)
        if self.chars > MAX_VALUE_CHARS:
            raise LimitExceeded(f"values of more than {MAX_VALUE_CHARS} characters")
        return text
