"""
Give a workload a name that every profile can bear.
"""

import re

_OTHER = re.compile(r"[^a-z0-9]+")
_MAX = 50


def safe_name(workload: str) -> str:
    """
    Return a workload's name as a DNS label: small letters, digits, dashes.

    >>> safe_name("shop/Web_App"), safe_name("///")
    ('shop-web-app', 'workload')
    """
    return _OTHER.sub("-", workload.lower()).strip("-")[:_MAX].strip("-") or "workload"


def one_line(text: str) -> str:
    """
    Return a text that fits a comment of one line, whatever it held.

    >>> one_line("a" + chr(10) + "b")
    'a?b'
    """
    return "".join(char if char.isprintable() else "?" for char in text[:200])
