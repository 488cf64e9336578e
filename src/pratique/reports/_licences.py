"""
Tell licence texts that are SPDX expressions from those that are only words.

What a package database calls a licence is whatever its packager wrote. Law: an SPDX document only
gets an expression whose every name is on the SPDX list; anything else is kept as words, unchanged
in meaning. Bounds: 300 characters and 8 levels of brackets; longer is words.

Source: SPDX 2.3 annex D (expressions), annex A (the list, as license-expression carries it).
"""

import re
from functools import cache, lru_cache
from typing import Any

_MAX_CHARS = 300
_MAX_BRACKETS = 8
_EXPRESSION = re.compile(r"[A-Za-z0-9.+() -]+")
_SINGLE = re.compile(r"[A-Za-z0-9.-]+\+?")


@lru_cache(maxsize=1 << 12)
def spdx_expression(text: str) -> str:
    """
    Return the text as a normal SPDX expression, or an empty string where it is none.

    >>> spdx_expression("gpl-2.0+ or MIT"), spdx_expression("GPLv2+ and BSD")
    ('GPL-2.0-or-later OR MIT', '')
    """
    if len(text) > _MAX_CHARS or not _EXPRESSION.fullmatch(text):
        return ""
    if text.count("(") > _MAX_BRACKETS:
        return ""
    licensing, refusals = _licensing()
    try:
        parsed = licensing.parse(text, validate=True, strict=True)
    except refusals:
        return ""
    shown = "" if parsed is None else str(parsed)
    return "" if "LicenseRef" in shown else shown


def is_single(expression: str) -> bool:
    """
    Return whether an expression is one licence of the list.

    >>> is_single("MIT"), is_single("MIT OR Zlib")
    (True, False)
    """
    return bool(_SINGLE.fullmatch(expression))


@cache
def _licensing() -> tuple[Any, tuple[type[Exception], ...]]:
    # 60 ms, and only an image whose packages state licences needs it.
    from boolean.boolean import ParseError
    from license_expression import ExpressionError, get_spdx_licensing

    # The last four are slips of the parser on text such as "( )" and "( AND MIT".
    slips = (IndexError, TypeError, AttributeError, AssertionError)
    return get_spdx_licensing(), (ExpressionError, ParseError, *slips)
