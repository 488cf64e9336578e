"""
Order Ruby gem versions.

Law: ``Gem::Version#<=>``: segments of digits or letters, letters mean pre-release, missing segments
are 0, zeros before the first letters and at the end do not count. ``-`` starts a pre-release; a
platform (``-x86_64-linux``) is not part of the version and is cut. To compare as if both went on
with zeros forever, each other segment carries how many zeros stand before it. Bounds:
``_text.MAX_CHARS``. Source: https://docs.ruby-lang.org/en/master/Gem/Version.html.
"""

import re

from pratique.formats.versions._text import checked, refusal

NAME = "rubygems"

Segment = tuple[int, int, int, str]
_GRAMMAR = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]*")
_PLATFORM = re.compile(
    r"-(?:x86_64|x86|x64|i[3-6]86|aarch64|arm64|armv[0-9]\w*|arm|ppc64le|s390x|universal|java|jruby"
    r"|mswin|mingw)[0-9A-Za-z_]*(?:-[0-9A-Za-z_.-]*)?"
)
_SEGMENTS = re.compile(r"[0-9]+|[A-Za-z]+")
_END: Segment = (0, 0, 0, "")


def sort_key(version: str) -> tuple[Segment, ...]:
    """
    Return the key of a version.

    Raises:
        FormatError: not a gem version.

    >>> sort_key("1.0.a.2") < sort_key("1.0.b1") < sort_key("1") == sort_key("1.0-x86_64-linux")
    True
    """
    text = checked(version, NAME)
    if not _GRAMMAR.fullmatch(text):
        raise refusal(version, NAME)
    if platform := _PLATFORM.search(text):
        text = text[: platform.start()]
    return _key(_SEGMENTS.findall(text.replace("-", ".pre.")))


def _key(segments: list[str]) -> tuple[Segment, ...]:
    key: list[Segment] = []
    zeros, numeric = 0, True
    for segment in segments:
        if segment[0].isdigit():
            value = int(segment)
            if value:
                key.append((1, -zeros, value, ""))
            zeros = 0 if value else zeros + 1
        else:
            key.append((-1, 0 if numeric else zeros, 0, segment))
            zeros, numeric = 0, False
    return (*key, _END)
