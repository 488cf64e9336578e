"""Recognise MediaWiki, by its Defines.php."""

from pratique.extractors.programs._program import PHP, Evidence, Program, Sample

NAME = "mediawiki"
VERSION = 1
PROGRAM = Program(
    name="mediawiki",
    globs=("includes/Defines.php",),
    heads=PHP,
    evidence=(
        Evidence(
            b"MW_VERSION",
            rb"define\( ?'MW_VERSION', ?'(?P<version>1\.[0-9]{1,3}\.[0-9]{1,3}(?:-[a-z]{1,5}\.?[0-9]{0,3})?)'",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/share/mediawiki/includes/Defines.php",
        b"define( 'MW_VERSION', '1.35.13'",
        "1.35.13",
        "Debian mediawiki 1:1.35.13-1+deb11u2",
    ),
    Sample(
        "usr/share/mediawiki/includes/Defines.php",
        b"define( 'MW_VERSION', '1.43.9'",
        "1.43.9",
        "Debian mediawiki 1:1.43.9+dfsg-1~deb13u1",
    ),
    Sample(
        "usr/share/mediawiki/includes/Defines.php",
        b"define( 'MW_VERSION', '1.39.17' );",
        "1.39.17",
        "Debian mediawiki 1:1.39.17-1+deb12u2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
