"""
Tell the two formats that share the name ``yarn.lock``.
"""


def is_berry(content: bytes) -> bool:
    """
    Say whether the lock file is one of Yarn 2 and later, which begin with ``__metadata``.

    >>> is_berry(b"# comment\\n\\n__metadata:\\n  version: 8\\n"), is_berry(b"# yarn lockfile v1\\n")
    (True, False)
    """
    return content.startswith(b"__metadata:") or b"\n__metadata:" in content
