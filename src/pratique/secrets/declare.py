"""
Declare a kind of credential in a few words: its pattern and its usual samples follow.

``token`` is for values that say by themselves what they are (``ghp_…``); ``assigned`` for values
that say nothing (32 hexadecimal digits) and are known by the name they are given to; ``pattern``
for everything that needs an expression of its own.

Bounds: every repeat in an expression made here has an upper end, so the work for one start is at
most the product of a few small numbers; no repeat stands directly behind another one of the same
characters without a fixed text between them, except the two halves of a name (at most 24 × 24).
"""

from collections.abc import Callable, Sequence
from typing import TypedDict, Unpack

from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.secrets.checksums import unlike_a_name
from pratique.secrets.interface import Sample, SecretKind
from pratique.secrets.samples import Late, Maker, lookalikes, placed, text
from pratique.secrets.shapes import Shape, shape


class Traits(TypedDict, total=False):
    """What a kind may say of itself besides its shape; the words are those of ``SecretKind``."""

    rotate: str
    severity: Severity
    confidence: Confidence
    aliases: tuple[str, ...]
    near: tuple[bytes, ...]
    paths: tuple[str, ...]
    keywords: tuple[bytes, ...]
    check: Callable[[bytes], bool] | None
    proof: Callable[[bytes], bool] | None
    entropy: float
    folded: bool
    placeholders_allowed: bool
    general: bool
    true: Sequence[Sample]
    false: Sequence[Sample]


START = rb"(?:(?<![0-9A-Za-z])|(?<=\\[nrt]))"
"""Where a token may begin: behind no letter or digit, or behind an escaped line end."""

END = rb"(?![0-9A-Za-z_]|[-.+/][0-9A-Za-z])"
"""Where a token ends: a longer word is another word."""

_NAMED = rb"(?i:key|token|secret|pass|pwd|auth|cred|api|login|access|client|sdk|user|account|id)"
_JOINED = rb"[\w .(\t-]"
_OPERATOR = (
    rb"(?:[\"'\]\s]{0,3}(?::\s?\w{1,12}\s{0,2})?(?:[:?|.+]{0,3}=>?|:|>|,|\|\|)"
    rb"|[\"']?\s?,?\s{0,8}[\"']?(?i:value)[\"']?\s?[:=])"
)
_OPENED = rb"[\s\"'`=(\\]{0,8}(?:(?i:bearer|token|basic)\s)?"
_LINE = rb"(?:^|(?<=[\r\n]))[ \t]{0,16}"
_BARE = rb"(?P<secret>[^\s\"'$<{%#][^\s\"'<>]{3,199})"
_CHANGE = "change the password at the service, and keep the new one out of the image"
_WORD = shape("{alnum:16}")
_LONG = 60
"""Random characters from which on words such as ``sample`` are in a value by chance."""
_EXACT = 6
"""Letters up to which a word has to be written ``word``, ``WORD`` or ``Word``: in any mixture
of cases it would be found inside other names."""


def token(
    id: str, title: str, *shapes: str, make: Maker | None = None, **traits: Unpack[Traits]
) -> SecretKind:
    """Return the kind of a value that has a shape of its own; ``make`` where a checksum is asked."""
    known = tuple(map(shape, shapes))
    variable = id.replace("-", "_").upper()
    values = b"|".join(one.regex for one in known)
    heads = tuple(word for one in known for word in (one.heads or one.middles))
    return _kind(
        id,
        title,
        START + rb"(?P<secret>" + values + rb")" + END,
        (variable, known[0], make),
        {
            "keywords": heads,
            "entropy": min(one.entropy for one in known),
            "placeholders_allowed": min(one.noise for one in known) >= _LONG,
            **traits,
        },
    )


def assigned(
    id: str,
    title: str,
    words: tuple[str, ...],
    value: str,
    *,
    name: str = "",
    **traits: Unpack[Traits],
) -> SecretKind:
    """
    Return the kind of a value that is known by the name it is given to.

    Args:
        id: the kind's own name.
        title: what it is.
        words: what stands in the name, lower case, in any of these; a ``-`` in a word stands for
            nothing, ``-`` or ``_``.
        value: the shape of the value.
        name: an expression that the rest of the name has to hold (``secret``); any word that
            names a credential, or no rest at all, where it is empty.
        traits: as in ``SecretKind``.
    """
    spelt = tuple(sorted({form for word in words for form in _spellings(word)}))
    known = shape(value)
    if not known.is_hexadecimal:
        traits.setdefault("check", unlike_a_name)
    rest = (
        (rb"%b{0,24}?(?i:%b)%b{0,24}?" % (_JOINED, name.encode(), _JOINED))
        if name
        else (rb"(?:%b{0,24}?%b%b{0,24}?)?" % (_JOINED, _NAMED, _JOINED))
    )
    pattern = (
        b"(?:" + b"|".join(map(_word, spelt)) + b")" + rest + _OPERATOR + _OPENED
        + rb"(?P<secret>" + known.regex + rb")" + END
    )  # fmt: skip
    said = name.split("|")[0].replace("?", "") or "api_key"
    variable = words[0].replace("-", "_") + "_" + said
    return _kind(
        id,
        title,
        pattern,
        (variable, known, None),
        {
            "keywords": tuple(form.encode() for form in spelt),
            "entropy": known.entropy,
            "confidence": Confidence.MEDIUM,
            **traits,
        },
    )


def pattern(id: str, title: str, expression: bytes, **traits: Unpack[Traits]) -> SecretKind:
    """Return a kind with an expression of its own; samples and keywords are said, not made."""
    return SecretKind(id=id, title=title, pattern=expression, **_complete(traits))


def option(
    id: str, title: str, names: tuple[str, ...], paths: tuple[str, ...], at: str = ""
) -> SecretKind:
    """Return the kind of ``name = password`` lines of a file of its own format."""
    alternatives = "|".join(name.replace(".", r"\.") for name in names).encode()
    where = at or paths[0].replace("*", "x").lstrip("/")
    other = where + ".orig.txt"
    return pattern(
        id,
        title,
        _LINE
        + rb"[\"']?(?i:"
        + alternatives
        + rb")[\"']?(?:[ \t]{0,8}[=:][ \t]{0,8}|[ \t]{1,8})[\"']?"
        + _BARE,
        keywords=tuple(sorted({name.lower().encode() for name in names})),
        paths=paths,
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(make=text(names[0] + " = {0}\n", id, _WORD), path=where),
            Sample(
                make=text("# settings\n" + names[-1] + "={0}\n", id + "2", _WORD),
                path=where,
                line=2,
            ),
        ),
        false=(
            Sample(make=lambda: names[0] + " = ${PASSWORD}\n", path=where),
            Sample(make=lambda: names[0] + " = changeme\n", path=where),
            Sample(make=text(names[0] + " = {0}\n", id + "3", _WORD), path=other),
        ),
    )


def _kind(
    id: str, title: str, pattern: bytes, made_of: tuple[str, Shape, Maker | None], traits: Traits
) -> SecretKind:
    variable, known, make = made_of
    path = _example(traits.get("paths", ()))
    true, false = traits.get("true", ()), traits.get("false", ())
    traits["true"] = Late(lambda: (*placed(id, variable, make or known.fill, path), *true))
    traits["false"] = Late(lambda: (*lookalikes(id, variable, known, path), *false))
    return SecretKind(id=id, title=title, pattern=pattern, **_complete(traits))


def _complete(traits: Traits) -> Traits:
    traits.setdefault("keywords", ())
    traits.setdefault("true", ())
    traits.setdefault("false", ())
    return traits


def _example(globs: tuple[str, ...]) -> str:
    """Return a path that the first glob takes."""
    return "app/" + globs[0].replace("*", "x").lstrip("/") if globs else ""


def _spellings(word: str) -> set[str]:
    return {word.replace("-", join) for join in ("", "-", "_")} if "-" in word else {word}


def _word(word: str) -> bytes:
    """Return the expression of a word inside a name: at its start, or as one of its parts."""
    lower, upper, capital = word.encode(), word.upper().encode(), word.capitalize().encode()
    if len(word) > _EXACT:
        return rb"(?<![A-Za-z])(?i:%b)|(?<=[a-z])%b" % (lower, capital)
    return rb"(?<![A-Za-z])(?:%b|%b)|(?<![A-Z])%b" % (lower, upper, capital)
