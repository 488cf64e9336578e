"""Recognise the Envoy proxy."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "envoy"
VERSION = 1
PROGRAM = Program(
    name="envoy",
    names=("envoy",),
    evidence=(
        Evidence(
            b"Unable to convert YAML as JSON",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0Unable to convert YAML as JSON",
            64,
        ),
        Evidence(
            b"envoy_quiche_reloadable_flag",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0envoy_quiche_reloadable_flag",
            64,
        ),
        Evidence(
            b"envoy/extensions/network/socket_interface",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0envoy/extensions/network/socket_interface",
            64,
        ),
        Evidence(
            b"source/common/network/socket_option_impl.cc",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0source/common/network/socket_option_impl\.cc",
            64,
        ),
        Evidence(
            b"source/common/buffer/buffer_impl.cc",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0source/common/buffer/buffer_impl\.cc",
            64,
        ),
        Evidence(
            b". This configuration will be removed from Envoy soon",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0\. This configuration will be removed from Envoy soon",
            64,
        ),
        Evidence(
            b"external/com_github_google_quiche/",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0external/com_github_google_quiche/",
            64,
        ),
        Evidence(
            b"RELEASE\x00", rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0RELEASE\0", 64
        ),
        Evidence(
            b"TLS client send_client_finished",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0TLS client send_client_finished",
            64,
        ),
        Evidence(
            b"No recorded values",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0No recorded values",
            64,
        ),
        Evidence(
            b"cannot assign multiple anchors to the same node",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0cannot assign multiple anchors to the same node",
            64,
        ),
        Evidence(
            b"Extract called on empty buffer",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0Extract called on empty buffer",
            64,
        ),
        Evidence(
            b"enable read, fd = {}",
            rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0enable read, fd = \{\}",
            64,
        ),
        Evidence(b"RAWRR\x00", rb"\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:-dev)?)\0RAWRR\0", 32),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "envoy",
        b"\x00\x001.11.0\x00No recorded values\x00",
        "1.11.0",
        "published build envoy 1.11.0 (linux-amd64)",
    ),
    Sample(
        "envoy",
        b"\x00\x001.22.11\x00. This configuration will be removed from Envoy soon\x00",
        "1.22.11",
        "published build envoy 1.22.11 (linux-amd64)",
    ),
    Sample(
        "envoy",
        b"\x00\x001.30.1\x00TLS client send_client_finished\x00",
        "1.30.1",
        "published build envoy 1.30.1 (linux-amd64)",
    ),
    Sample(
        "envoy",
        b"\x00\x001.34.12\x00envoy_quiche_reloadable_flag\x00",
        "1.34.12",
        "published build envoy 1.34.12 (linux-amd64)",
    ),
    Sample(
        "envoy",
        b"\x00\x001.6.0\x00RELEASE\x00\x00",
        "1.6.0",
        "published build envoy 1.6.0 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
