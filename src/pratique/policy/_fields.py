"""
Take the fields of one mapping of a policy file, and say where a mistake stands.
"""

import difflib
import math
import re
from collections.abc import Sequence

from pratique.formats.documents.placed_yaml import Placed
from pratique.model.errors import UsageError
from pratique.policy.policy import Expression

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_NAME = 80


class Fields:
    """The fields of a mapping; every key that is not in ``known`` is a mistake."""

    def __init__(self, value: Placed | None, place: str, what: str, known: Sequence[str]) -> None:
        self._value = value or Placed(value={}, line=1, column=1)
        self._place = place
        self._what = what
        if self._value.text == "":
            self._value = Placed(value={}, line=self._value.line, column=self._value.column)
        fields = self._value.fields
        if fields is None:
            raise wrong(place, self._value, f"{what} is a mapping of keys and values")
        self._fields = fields
        for key in fields:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"keys: {', '.join(known)}"
                raise self.wrong(key, f"{what} has no key {key[:60]!r}", hint)

    def wrong(self, key: str, problem: str, hint: str = "") -> UsageError:
        """Return the error about one key, at the place of its value."""
        return wrong(self._place, self._at(key), problem, hint)

    def names(self) -> tuple[str, ...]:
        """Return the keys that are there."""
        return tuple(self._fields)

    def has(self, key: str) -> bool:
        """Whether a key is there."""
        return key in self._fields

    def placed(self, key: str) -> Placed | None:
        """Return a value with its place, None where there is none."""
        return self._fields.get(key)

    def text(self, key: str, *, needed: bool = False) -> str:
        """Return a text, empty where there is none."""
        value = self._fields.get(key)
        if value is None:
            if needed:
                raise self.wrong(key, f"{self._what} needs {key}")
            return ""
        if value.text is None:
            raise self.wrong(key, f"{key} is text")
        if needed and not value.text.strip():
            raise self.wrong(key, f"{key} is empty")
        return value.text.strip()

    def name(self, key: str) -> str:
        """Return an id: lower case, words joined with dashes."""
        found = self.text(key, needed=True)
        if len(found) > _MAX_NAME or not _NAME.fullmatch(found):
            raise self.wrong(
                key, f"{found[:40]!r} is no id", "name the bad thing: lower case, dashes"
            )
        return found

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return one text or a list of them."""
        value = self._fields.get(key)
        if value is None or value.items is None:
            found = self.text(key, needed=needed)
            return (found,) if found else ()
        out = []
        for one in value.items:
            if not one.text:
                raise wrong(self._place, one, f"{key} is a list of text")
            out.append(one.text)
        if needed and not out:
            raise self.wrong(key, f"{key} is empty")
        return tuple(out)

    def choice(self, key: str, allowed: Sequence[str], default: str = "") -> str:
        """Return one of a few words."""
        found = self.text(key, needed=not default) or default
        if found not in allowed:
            near = difflib.get_close_matches(found, allowed, 1)
            words = f"did you mean {near[0]!r}? " if near else ""
            raise self.wrong(key, f"no {key} {found[:40]!r}", f"{words}one of {', '.join(allowed)}")
        return found

    def number(self, key: str) -> float:
        """Return a number that is not below 0."""
        found = self.text(key, needed=True)
        try:
            number = float(found)
        except ValueError:
            number = -1.0
        if not math.isfinite(number) or number < 0:
            raise self.wrong(key, f"{found[:20]!r} is no number of days")
        return number

    def expression(self, key: str) -> Expression:
        """Return an expression and where it begins."""
        text = self.text(key, needed=True)
        value = self._at(key)
        line, column = value.begins
        return Expression(
            text=value.text or text, place=self._place, line=line, column=column, block=value.block
        )

    def items(self, key: str, most: int) -> Sequence[Placed]:
        """Return the items of a list."""
        value = self._fields.get(key)
        if value is None or value.text == "":
            return ()
        if value.items is None:
            raise self.wrong(key, f"{key} is a list")
        if len(value.items) > most:
            raise self.wrong(key, f"more than {most} {key}")
        return value.items

    def sub(self, key: str, known: Sequence[str]) -> "Fields":
        """Return the fields of a mapping inside."""
        return Fields(self._fields.get(key), self._place, key, known)

    def _at(self, key: str) -> Placed:
        """Return the value of a key; where it is absent, the mapping; for a bad key, the key."""
        return self._fields.get(key) or self._value


def wrong(place: str, at: Placed, problem: str, hint: str = "") -> UsageError:
    """Return the error about a place in a file."""
    return UsageError(f"{place}:{at.line}:{at.column}: {problem}", hint=hint or _HINT)


_HINT = "see docs/how-to/write-a-policy.md"
