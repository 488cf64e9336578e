"""
Recognise the Python interpreter or its shared library.

The version must be of the series in the file's name. Where the prefix it was built for ends with
the version (pyenv, asdf), the linker keeps one text for both: then it is the end of a path.
"""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "python"
VERSION = 1
PROGRAM = Program(
    name="python",
    globs=("python2.*", "python3.*", "libpython*.so*"),
    series=rb"(?:lib)?python(?P<series>[0-9]\.[0-9]{1,2})(?:[a-z]{0,3})(?:\.so[0-9.]*)?\Z",
    evidence=(
        Evidence(
            b"\x00{series}.",
            rb"\0(?P<version>{series}\.[0-9]{1,3}(?:(?:a|b|rc)[0-9]{1,2})?\+?)\0",
            24,
        ),
        Evidence(
            b"/{series}.",
            rb"/(?P<version>{series}\.[0-9]{1,3}(?:(?:a|b|rc)[0-9]{1,2})?\+?)\0",
            24,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libpython3.9.so.1.0",
        b"\x00\x003.9.2\x00\x00",
        "3.9.2",
        "Debian libpython3.9 3.9.2-1",
    ),
    Sample(
        "usr/bin/python3.13",
        b"\x00\x003.13.5\x00\x00",
        "3.13.5",
        "Debian python3.13-minimal 3.13.5-2+deb13u5",
    ),
    Sample(
        "dir/python3.8",
        b"\x00\x003.8.16\x00\x00",
        "3.8.16",
        "published build python-duplicates 3.8.16 (linux-amd64)",
    ),
    Sample(
        "libpython3.7m.so.1.0",
        b"\x00\x003.7.4\x00\x00",
        "3.7.4",
        "published build python-shared-lib 3.7.4 (linux-amd64)",
    ),
    Sample(
        "python3.6",
        b"\x00\x003.6.3\x00\x00",
        "3.6.3",
        "published build python 3.6.3 (linux-amd64)",
    ),
    Sample(
        "root/.pyenv/versions/3.11.7/lib/libpython3.11.so.1.0",
        b"\x00/root/.pyenv/versions/3.11.7\x00EXEC_PREFIX\x00",
        "3.11.7",
        "CPython 3.11.7 built by pyenv with --enable-shared",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
