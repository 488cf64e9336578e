"""
Colour a line of text for a terminal by its priority; only who writes to a terminal calls this.

The line must be harmless already (``outputs.text``): nothing is escaped here.
"""

from pratique.model.alert import Priority

_GRAVE = "\x1b[1;31m"
_ERROR = "\x1b[31m"
_WARNING = "\x1b[33m"
_NOTICE = "\x1b[36m"
_QUIET = "\x1b[2m"
_PLAIN = "\x1b[0m"
_COLOURS = {
    Priority.EMERGENCY: _GRAVE,
    Priority.ALERT: _GRAVE,
    Priority.CRITICAL: _GRAVE,
    Priority.ERROR: _ERROR,
    Priority.WARNING: _WARNING,
    Priority.NOTICE: _NOTICE,
    Priority.INFORMATIONAL: _QUIET,
    Priority.DEBUG: _QUIET,
}


def coloured(line: str, priority: Priority) -> str:
    r"""
    Return the line with the word of its priority coloured.

    >>> coloured("t Error    x", Priority.ERROR)
    't \x1b[31mError\x1b[0m    x'
    """
    word = priority.value
    return line.replace(f" {word}", f" {_COLOURS[priority]}{word}{_PLAIN}", 1)
