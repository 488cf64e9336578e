"""
Read a Java properties file, as Maven writes into jars and distributions write beside them.

Source: java.util.Properties.load (Java SE 21). Law: the last of equal keys counts; ``\\`` at the end
of a line joins the next; escapes are undone. Bounds: linear; callers bound the file.
"""

_BLANK = " \t\f"


def parse_properties(content: bytes) -> dict[str, str]:
    r"""
    Return keys and values.

    >>> parse_properties(b"#by Maven\nversion=1.0\ngroupId : a\\:b\n")
    {'version': '1.0', 'groupId': 'a:b'}
    """
    found: dict[str, str] = {}
    pending = ""
    text = content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n"):
        bare = line.lstrip(_BLANK)
        if not pending and (not bare or bare[0] in "#!"):
            continue
        whole = pending + bare
        if _continues(bare):
            pending = whole[:-1]
            continue
        pending = ""
        key, value = _parted(whole)
        found[key] = value
    return found


def _continues(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _parted(line: str) -> tuple[str, str]:
    """Cut a line at the first separator that is not escaped."""
    at = 0
    while at < len(line) and line[at] not in "=:" + _BLANK:
        at += 2 if line[at] == "\\" else 1
    rest = line[at:].lstrip(_BLANK)
    if rest[:1] in ("=", ":"):
        rest = rest[1:].lstrip(_BLANK)
    return _unescaped(line[:at]), _unescaped(rest)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    parts, at = [], 0
    while at < len(text):
        if text[at] != "\\":
            parts.append(text[at])
            at += 1
        elif text[at + 1 : at + 2] == "u":
            code = text[at + 2 : at + 6]
            is_code = len(code) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in code)
            char = chr(int(code, 16)) if is_code else "u"
            # Half of a surrogate pair alone is no text.
            parts.append("\ufffd" if "\ud800" <= char <= "\udfff" else char)
            at += 6 if is_code else 2
        else:
            parts.append(
                {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}.get(
                    text[at + 1 : at + 2], text[at + 1 : at + 2]
                )
            )
            at += 2
    return "".join(parts)
