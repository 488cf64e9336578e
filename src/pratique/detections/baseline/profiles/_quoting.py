"""
Quote texts of a workload for the languages that profiles are written in.
"""

import msgspec


def quoted(text: str) -> str:
    r"""
    Return a text as a double-quoted scalar of YAML: ASCII, in one line.

    >>> quoted('a"b: ' + chr(10))
    '"a\\"b: \\n"'
    """
    valid = text.encode("utf-16", "replace").decode("utf-16", "replace")
    plain = msgspec.json.encode(valid).decode()
    return "".join(char if " " <= char <= "~" else _escaped(char) for char in plain)


def _escaped(char: str) -> str:
    # JSON's pairs of surrogates are no characters to YAML.
    number = ord(char)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
