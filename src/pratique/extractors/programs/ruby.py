"""Recognise the Ruby interpreter (MRI) or its shared library."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "ruby"
VERSION = 1
PROGRAM = Program(
    name="ruby",
    names=("ruby",),
    globs=("ruby2.*", "ruby3.*", "libruby*.so*"),
    evidence=(
        Evidence(
            b"ruby ",
            rb"ruby (?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:p[0-9]{1,5}|dev|(?:preview|rc)[0-9]{1,2})?) \([0-9]{4}-[0-9]{2}-[0-9]{2}",
            48,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libruby-2.7.so.2.7.4",
        b"\x00ruby 2.7.4p191 (2021-07-07\x00",
        "2.7.4p191",
        "Debian libruby2.7 2.7.4-1+deb11u1",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libruby-3.3.so.3.3.8",
        b"\x00ruby 3.3.8 (2025-04-09\x00",
        "3.3.8",
        "Debian libruby3.3 3.3.8-2",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libruby-3.1.so.3.1.2",
        b"\x00ruby 3.1.2p20 (2022-04-12\x00",
        "3.1.2p20",
        "Debian libruby3.1 3.1.2-7+deb12u1",
    ),
    Sample(
        "ruby",
        b"\x00ruby 1.9.3p551 (2014-11-13\x00",
        "1.9.3p551",
        "published build ruby 1.9.3p551 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
