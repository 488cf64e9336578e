"""Recognise FFmpeg: its programs and its codec and format libraries."""

from pratique.extractors.programs._program import TWO_OR_THREE, Evidence, Program, Sample

NAME = "ffmpeg"
VERSION = 1
PROGRAM = Program(
    name="ffmpeg",
    names=("ffmpeg", "ffprobe", "ffplay"),
    globs=("ffmpeg-linux*", "libavcodec*.so*", "libavformat*.so*"),
    evidence=(
        Evidence(b"%s version ", rb"%s version [nN]?" + TWO_OR_THREE + rb"(?![0-9])", 64),
        Evidence(b"FFmpeg version ", rb"FFmpeg version [nN]?" + TWO_OR_THREE + rb"(?![0-9])", 64),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libavcodec.so.58.91.100",
        b"\x00FFmpeg version 4.3.7\x00",
        "4.3.7",
        "Debian libavcodec58 7:4.3.7-0+deb11u1",
    ),
    Sample(
        "usr/bin/ffmpeg",
        b"\x00%s version 7.1.5\x00",
        "7.1.5",
        "Debian ffmpeg 7:7.1.5-0+deb13u1",
    ),
    Sample(
        "imageio_ffmpeg/binaries/ffmpeg-linux64-v4.2.2",
        b"\x00%s version 4.2.2\x00",
        "4.2.2",
        "PyPI imageio_ffmpeg 0.4.9",
    ),
    Sample(
        "libavcodec-9aae324f.so.59.37.100",
        b"\x00FFmpeg version 5.1.4\x00",
        "5.1.4",
        "published build ffmpeg-shared-libs 5.1.4 (linux-amd64)",
    ),
    Sample(
        "ffmpeg",
        b"\x00%s version 7.1.1\x00",
        "7.1.1",
        "published build ffmpeg 7.1.1 (darwin-arm64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
