"""Recognise Erlang/OTP, by the OTP_VERSION file of its release."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "erlang_otp"
VERSION = 1
PROGRAM = Program(
    name="erlang",
    globs=("releases/*/OTP_VERSION",),
    heads=(),
    evidence=(
        Evidence(
            b"\n", rb"\A(?P<version>[0-9]{2}(?:\.[0-9]{1,3}){1,4}(?:-rc[0-9])?)\*{0,2}\r?\n\Z", 64
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/erlang/releases/23/OTP_VERSION",
        b"23.2.6\n",
        "23.2.6",
        "Debian erlang-base 1:23.2.6+dfsg-1+deb11u1",
    ),
    Sample(
        "usr/lib/erlang/releases/27/OTP_VERSION",
        b"27.3.4.1\n",
        "27.3.4.1",
        "Debian erlang-base 1:27.3.4.1+dfsg-1+deb13u3",
    ),
    Sample(
        "usr/lib/erlang/releases/25/OTP_VERSION",
        b"25.2.3\n",
        "25.2.3",
        "Debian erlang-base 1:25.2.3+dfsg-1+deb12u4",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
