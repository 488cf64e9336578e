"""
Make strings that came from an image harmless for the medium they are shown in.

A file name may hold escape sequences that rewrite a terminal, or bidirectional overrides that show
other words than are there (CVE-2021-42574, "Trojan Source"). Law: what leaves ``printable`` is one
line in which every character takes the columns that ``columns`` says and none acts on the terminal;
a character that was taken out leaves a mark, so that two different names do not look the same.
CI services act on lines of a log too: ``::set-output name=x::y`` of GitHub, ``##[…]`` and ``##vso[…]``
of GitHub and Azure; their first character is taken out.

Source: Unicode 15 general categories Cc, Cf, Co, Cs, Zl, Zp; UAX #9 (bidirectional), UAX #11 (width).
"""

import re
from unicodedata import category, combining, east_asian_width

MARK = "\N{REPLACEMENT CHARACTER}"
_ACTING = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")
_COMMAND = re.compile(r"(?<!\S):(?=:[A-Za-z])|#(?=#[A-Za-z]{0,20}\[)")
_COMBINING_RUN = 4


def printable(text: str) -> str:
    """
    Return ``text`` as one line that acts on nothing.

    White space of any kind becomes a space; control, format, private-use and unassigned characters
    become U+FFFD; more than four combining marks in a row are cut.

    >>> printable("curl\\x1b[31m\\n\\u202eexe.txt")
    'curl�[31m �exe.txt'
    >>> printable("::error::x"), printable("##vso[task.x]"), printable("A::B ## c")
    ('�:error::x', '�#vso[task.x]', 'A::B ## c')
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_harmless(text))
    return _COMMAND.sub(MARK, text) if "::" in text or "##" in text else text


def columns(text: str) -> int:
    """
    Return how many terminal columns a printable string takes.

    >>> columns("abc"), columns("日本"), columns("e\\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def fitted(text: str, width: int) -> str:
    """
    Return a printable string cut to at most ``width`` columns, the cut shown by an ellipsis.

    >>> fitted("libstdc++6", 7), fitted("short", 7)
    ('libstd…', 'short')
    """
    if columns(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += _width(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…" if width > 0 else ""


def fitted_end(text: str, width: int) -> str:
    """
    Return a printable string of at most ``width`` columns that keeps its end.

    >>> fitted_end("srv/web/package-lock.json", 18)
    '…package-lock.json'
    """
    if columns(text) <= width:
        return text
    return "…" + fitted(text[::-1], width)[:-1][::-1] if width > 0 else ""


def padded(text: str, width: int) -> str:
    """Return a printable string filled with spaces up to ``width`` columns."""
    return text + " " * (width - columns(text))


def markdown(text: str) -> str:
    r"""
    Return ``text`` so that Markdown shows it letter by letter.

    >>> markdown("a <b> [c](d)")
    'a \\<b\\> \\[c\\]\\(d\\)'
    """
    return _MARKDOWN.sub(r"\\\1", printable(text))


def _harmless(text: str) -> list[str]:
    shown: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if combining(char) else 0
        if char.isspace():
            shown.append(" ")
        elif category(char) in _ACTING:
            shown.append(MARK)
        elif run <= _COMBINING_RUN:
            shown.append(char)
    return shown


def _width(char: str) -> int:
    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
