"""
Read the header comment by which WordPress knows a plugin or a theme.

WordPress looks at the first 8 KiB, for ``Field: value`` at the start of a line behind nothing but
white space and ``/*#@``. Source: WordPress, wp-includes/functions.php, get_file_data().
"""

HEADER_BYTES = 8192
_LEADING = " \t/*#@"


def header_fields(start: bytes) -> dict[str, str]:
    r"""
    Return the fields of a file's first 8 KiB by name in lower case; the first of equal ones counts.

    >>> header_fields(b"<?php /*\n * Plugin Name: Hello\n * Version: 1.7.2 */\n")
    {'plugin name': 'Hello', 'version': '1.7.2'}
    """
    fields: dict[str, str] = {}
    text = start[:HEADER_BYTES].decode(errors="replace").replace("\r", "\n")
    for line in text.split("\n"):
        bare = line.strip(" \t").removeprefix("<?php").lstrip(_LEADING)
        key, colon, value = bare.partition(":")
        if colon:
            fields.setdefault(key.lower(), _cleaned(value))
    return fields


def _cleaned(value: str) -> str:
    """Return a value without the end of the comment or the script on the same line."""
    return value.partition("*/")[0].partition("?>")[0].strip()
