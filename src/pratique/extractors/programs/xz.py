"""
Recognise XZ Utils, the program and its library.

The library where its name and its bytes tell one version.
"""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "xz"
VERSION = 1
PROGRAM = Program(
    name="xz",
    names=("xz",),
    globs=("liblzma.so.*",),
    series=rb"(?:xz|liblzma\.so\.(?P<series>[0-9.]{1,20}))\Z",
    evidence=(
        Evidence(
            b"xz (XZ Utils) ",
            rb"\0xz \(XZ Utils\) (?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:alpha|beta)?)\0",
            64,
        ),
        Evidence(
            b"\x00{series}\x00", rb"\0(?P<version>(?={series})5\.[0-9]{1,2}\.[0-9]{1,2})\0", 32
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/xz",
        b"\x00\x00xz (XZ Utils) 5.2.5\x00\x00",
        "5.2.5",
        "Debian xz-utils 5.2.5-2.1~deb11u1",
    ),
    Sample(
        "usr/bin/xz",
        b"\x00\x00xz (XZ Utils) 5.8.1\x00\x00",
        "5.8.1",
        "Debian xz-utils 5.8.1-1+deb13u1",
    ),
    Sample(
        "usr/bin/xz",
        b"\x00\x00xz (XZ Utils) 5.4.1\x00\x00",
        "5.4.1",
        "Debian xz-utils 5.4.1-1",
    ),
    Sample(
        "xz",
        b"\x00\x00xz (XZ Utils) 5.6.2\x00\x00",
        "5.6.2",
        "published build xz 5.6.2 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
