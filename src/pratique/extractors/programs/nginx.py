"""Recognise the nginx web server, also the one inside OpenResty."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "nginx"
VERSION = 1
PROGRAM = Program(
    name="nginx",
    names=("nginx", "nginx-debug", "openresty"),
    evidence=(
        Evidence(
            b"nginx version: ",
            rb"nginx version: (?:nginx|openresty|freenginx)/" + THREE + rb"(?![0-9])",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/nginx",
        b"\x00nginx version: nginx/1.18.0\x00",
        "1.18.0",
        "Debian nginx-core 1.18.0-6.1+deb11u3",
    ),
    Sample(
        "usr/sbin/nginx",
        b"\x00nginx version: nginx/1.26.3\x00",
        "1.26.3",
        "Debian nginx 1.26.3-3+deb13u7",
    ),
    Sample(
        "nginx",
        b"\x00nginx version: openresty/1.21.4\x00",
        "1.21.4",
        "published build nginx-openresty 1.21.4.3 (linux-amd64)",
    ),
    Sample(
        "nginx",
        b"\x00nginx version: nginx/1.25.1\x00",
        "1.25.1",
        "published build nginx 1.25.1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
