"""Recognise the RabbitMQ server, by its application file or archive."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "rabbitmq"
VERSION = 1
PROGRAM = Program(
    name="rabbitmq",
    globs=(
        "plugins/rabbit-*/ebin/rabbit.app",
        "plugins/rabbit/ebin/rabbit.app",
        "plugins/rabbit-*.ez",
    ),
    heads=(b"{application", b"PK\3\4"),
    evidence=(
        Evidence(
            b"vsn,",
            rb"\{\s{0,20}vsn\s{0,20},\s{0,20}\"(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:alpha|beta|rc)\.[0-9]{1,3})?)\"",
            64,
        ),
        # In 3.8 the application is a zip archive, whose entries stand below its version.
        Evidence(
            b"/ebin/rabbit.app",
            rb"rabbit-(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:alpha|beta|rc)\.[0-9]{1,3})?)/ebin/rabbit\.app",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/plugins/rabbit-3.10.8/ebin/rabbit.app",
        b'{vsn, "3.10.8"',
        "3.10.8",
        "Debian rabbitmq-server 3.10.8-1.1+deb12u1",
    ),
    Sample(
        "usr/lib/rabbitmq/lib/rabbitmq_server-4.0.5/plugins/rabbit-4.0.5/ebin/rabbit.app",
        b'{vsn, "4.0.5"',
        "4.0.5",
        "Debian rabbitmq-server 4.0.5-6+deb13u2",
    ),
    Sample(
        "usr/lib/rabbitmq/lib/rabbitmq_server-3.8.9/plugins/rabbit-3.8.9.ez",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00rabbit-3.8.9/ebin/rabbit.appUT",
        "3.8.9",
        "Debian rabbitmq-server 3.8.9-3+deb11u1",
    ),
    Sample(
        "usr/lib/rabbitmq/lib/rabbitmq_server-4.3.6/plugins/rabbit-4.3.6/ebin/rabbit.app",
        b'{vsn, "4.3.6"},',
        "4.3.6",
        "Debian rabbitmq-server 4.3.6-1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
