"""Recognise the core of WordPress, by its version.php."""

from pratique.extractors.programs._program import PHP, Evidence, Program, Sample

NAME = "wordpress_core"
VERSION = 1
PROGRAM = Program(
    name="wordpress",
    globs=("wp-includes/version.php",),
    heads=PHP,
    evidence=(
        Evidence(
            b"$wp_version",
            rb"""\n\s{0,8}\$wp_version\s{0,8}=\s{0,8}['\"](?P<version>[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,3})?(?:-[A-Za-z0-9.-]{1,40})?)['\"]""",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/share/wordpress/wp-includes/version.php",
        b"\n$wp_version = '5.7.11'",
        "5.7.11",
        "Debian wordpress 5.7.11+dfsg1-0+deb11u1",
    ),
    Sample(
        "usr/share/wordpress/wp-includes/version.php",
        b"\n$wp_version = '6.8.7'",
        "6.8.7",
        "Debian wordpress 6.8.7+dfsg1-0+deb13u1",
    ),
    Sample(
        "usr/share/wordpress/wp-includes/version.php",
        b"\n$wp_version = '6.1.9';",
        "6.1.9",
        "Debian wordpress 6.1.9+dfsg1-0+deb12u1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
