"""
Say which commit of which repository this copy of pratique was installed from.

Source: PEP 610 (``direct_url.json``), which pip and uv write beside what they install from a git
address. A copy that was installed from a folder or an archive does not know.
"""

from collections.abc import Mapping

import msgspec

from pratique.formats.ci.interface import read_origin


def own_origin() -> str:
    """Return ``ADDRESS@COMMIT``, empty where it is not known."""
    from importlib.metadata import PackageNotFoundError, distribution  # 15 ms: only when asked

    try:
        recorded = distribution("pratique").read_text("direct_url.json")
    except (PackageNotFoundError, OSError):
        return ""
    return origin_in(recorded or "")


def origin_in(recorded: str) -> str:
    """
    Return the origin in a ``direct_url.json``.

    >>> origin_in('{"url": "https://git.example/p", "vcs_info": {"vcs": "git", "commit_id": "'
    ...     + "0" * 40 + '"}}')[:24]
    'https://git.example/p@00'
    """
    try:
        read = msgspec.json.decode(recorded, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeError):
        return ""
    info = read.get("vcs_info")
    if not isinstance(info, Mapping) or info.get("vcs") != "git":
        return ""
    text = f"{read.get('url', '')}@{info.get('commit_id', '')}"
    return text if read_origin(text) else ""
