r"""
Read the literals of a line of Ruby: no evaluation, one pass.

Understood are ``"…"``, ``'…'``, ``%q<…>`` (and the brackets ``( [ { |``) and ``%w[…]``; escapes are
kept as they are, since names and versions have none.
"""

_CLOSING = {"<": ">", "(": ")", "[": "]", "{": "}", "|": "|", "!": "!", "/": "/"}


def literals(line: str) -> list[str]:
    """
    Return the strings of a line in order; a comment behind them is not read.

    >>> literals('s.add_dependency(%q<rack>.freeze, [">= 1.0".freeze, "~> 2"])  # "no"')
    ['rack', '>= 1.0', '~> 2']
    >>> literals("s.licenses = %w[MIT Ruby]"), literals('s.x = "open')
    (['MIT', 'Ruby'], [])
    """
    found: list[str] = []
    at = 0
    while at < len(line):
        char = line[at]
        if char == "#":
            break
        if char in "\"'":
            at = _take(line, at + 1, char, found)
        elif (
            char == "%"
            and line[at + 1 : at + 2] in ("q", "Q", "w")
            and line[at + 2 : at + 3] in _CLOSING
        ):
            words: list[str] = []
            close = _CLOSING[line[at + 2]]
            kind = line[at + 1]
            at = _take(line, at + 3, close, words)
            found += words[0].split() if kind == "w" and words else words
        else:
            at += 1
    return found


def _take(line: str, start: int, close: str, found: list[str]) -> int:
    """Add the text up to ``close`` and return the place behind it; without one, the line's end."""
    end = line.find(close, start)
    if end < 0:
        return len(line)
    found.append(line[start:end])
    return end + 1
