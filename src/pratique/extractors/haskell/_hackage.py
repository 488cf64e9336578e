"""Say how Stack and GHC write a Haskell package and its version in one word."""


def split_identifier(text: str) -> tuple[str, str]:
    """
    Return name and version of ``name-1.2.3``, without what stands behind an ``@``.

    >>> split_identifier("http-client-0.7.13@sha256:00ff,5430"), split_identifier("./local")
    (('http-client', '0.7.13'), ('', ''))
    """
    name, _, version = text.partition("@")[0].rpartition("-")
    numeric = bool(version) and all(part.isdigit() for part in version.split("."))
    return (name, version) if name and numeric and "/" not in name else ("", "")
