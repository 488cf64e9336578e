"""Recognise Elixir, by its application file."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "elixir_runtime"
VERSION = 1
PROGRAM = Program(
    name="elixir",
    globs=("elixir/ebin/elixir.app",),
    heads=(),
    evidence=(
        Evidence(
            b"vsn,",
            rb"\{\s{0,20}vsn\s{0,20},\s{0,20}\"(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-[a-z]{1,6}\.[0-9]{1,3})?)\"",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/elixir/lib/elixir/ebin/elixir.app",
        b'{vsn,"1.10.3"',
        "1.10.3",
        "Debian elixir 1.10.3.dfsg-1.1",
    ),
    Sample(
        "usr/lib/elixir/lib/elixir/ebin/elixir.app",
        b'{vsn,"1.18.3"',
        "1.18.3",
        "Debian elixir 1.18.3.dfsg-1",
    ),
    Sample(
        "lib/elixir/ebin/elixir.app",
        b'{vsn,"1.12.0-rc.1"',
        "1.12.0-rc.1",
        "published build elixir 1.12.0-rc.1 (linux-amd64)",
    ),
    Sample(
        "lib/elixir/ebin/elixir.app",
        b'{vsn,"1.19.1"',
        "1.19.1",
        "published build elixir 1.19.1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
