"""
Read what single instructions say: FROM, pairs of ENV, LABEL and ARG, COPY --from, RUN --mount.
"""

from collections.abc import Iterable

from msgspec import Struct

from pratique.formats.dockerfile.tree import Instruction, Span, Word
from pratique.formats.dockerfile.words import words_of


class From(Struct, frozen=True, kw_only=True):
    """
    What FROM says, as written; ``alias`` is in lower case, as stages are compared.

    ``image`` is the word to change for another base.
    """

    image: Word
    alias: str = ""
    alias_word: Word | None = None
    platform: str = ""


class Pair(Struct, frozen=True):
    """``name=value`` as written; ``value`` is None where ARG only names it."""

    name: str
    value: str | None
    span: Span


class Mount(Struct, frozen=True):
    """One ``RUN --mount``: its type (``bind`` where it says none) and its options."""

    type: str
    options: dict[str, str]


def base_of(one: Instruction, escape: str = "\\") -> From | None:
    """Return what a FROM says, None where it names no image."""
    words = words_of(one.arguments, escape)
    if one.keyword != "FROM" or not words:
        return None
    named = len(words) >= 3 and words[1].value.upper() == "AS"
    return From(
        image=words[0],
        alias=words[2].value.lower() if named else "",
        alias_word=words[2] if named else None,
        platform=one.flag("platform") or "",
    )


def pairs_of(one: Instruction, escape: str = "\\") -> tuple[Pair, ...]:
    """
    Return the pairs of an ENV, LABEL or ARG, values as written (quotes and variables kept).

    ``ENV NAME the rest`` of old files is one pair.
    """
    words = words_of(one.arguments, escape)
    if not words:
        return ()
    if one.keyword in ("ENV", "LABEL") and "=" not in words[0].raw:
        at = one.text.find(words[0].raw) + len(words[0].raw)
        value = one.text[at:].strip()
        end = words[-1].span.end
        return (Pair(words[0].value, value, Span(words[0].span.start, end)),)
    return tuple(_pair(word) for word in words)


def sources_of(one: Instruction, escape: str = "\\") -> tuple[tuple[Word, ...], Word | None]:
    """Return the sources of a COPY or ADD and its destination; here-documents are sources too."""
    words = one.json if one.json is not None else words_of(one.arguments, escape)
    return (words[:-1], words[-1]) if words else ((), None)


def mounts_of(one: Instruction) -> tuple[Mount, ...]:
    """
    Return the mounts of a RUN.

    >>> from pratique.formats.dockerfile.parsing import parse
    >>> mounts_of(parse(b"RUN --mount=type=cache,target=/x true").instructions[0])[0].options
    {'target': '/x'}
    """
    return tuple(_mount((f.value or "").split(",")) for f in one.flags if f.name == "mount")


def stages_named(one: Instruction) -> tuple[str, ...]:
    """Return the stages or images that a COPY, ADD or RUN takes files from, as written."""
    own = [value] if (value := one.flag("from")) else []
    return (*own, *(m.options["from"] for m in mounts_of(one) if m.options.get("from")))


def _pair(word: Word) -> Pair:
    name, equals, value = word.raw.partition("=")
    return Pair(name.strip("\"'"), value if equals else None, word.span)


def _mount(parts: Iterable[str]) -> Mount:
    options: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        options[name.strip().lower()] = value
    return Mount(options.pop("type", "bind"), options)
