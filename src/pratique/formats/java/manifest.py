"""
Read the main section of a jar's manifest.

Law: attribute names ignore case; a value goes on in lines that start with a space, cut anywhere,
also within a character; the first empty line ends the section. A line that is none of these is
passed over, as no class loader depends on it.
Bounds: linear; what lies behind ``MANIFEST_BYTES`` is not asked for by callers.
Source: JAR File Specification, "Notes on Manifest and Signature Files" (Java SE 21).
"""

MANIFEST_BYTES = 256 << 10
"""The main section of the largest OSGi bundles (package lists) has under 200 KiB."""
_VALUE_CHARS = 16 << 10


def parse_manifest(content: bytes) -> dict[str, str]:
    r"""
    Return the main attributes by lower-cased name.

    >>> parse_manifest(b"Manifest-Version: 1.0\r\nBundle-SymbolicName: org.\r\n slf4j\r\n\r\nName: x\r\n")
    {'manifest-version': '1.0', 'bundle-symbolicname': 'org.slf4j'}
    """
    main: list[bytes] = []
    for line in content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if not line:
            if main:
                break
        elif line.startswith(b" ") and main:
            main[-1] += line[1:] if len(main[-1]) < _VALUE_CHARS else b""
        else:
            main.append(line)
    found: dict[str, str] = {}
    for line in main:
        name, colon, value = line.decode(errors="replace").partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found
