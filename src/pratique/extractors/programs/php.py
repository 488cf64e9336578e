"""Recognise PHP: command line, CGI, FPM and the module for Apache."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "php"
VERSION = 1
PROGRAM = Program(
    name="php",
    names=(
        "php",
        "php-cli",
        "php-cgi",
        "php-fpm",
        "phpdbg",
        "php5.6",
        "php-cgi5.6",
        "php-fpm5.6",
        "php7.0",
        "php-cgi7.0",
        "php-fpm7.0",
        "php7.1",
        "php-cgi7.1",
        "php-fpm7.1",
        "php7.2",
        "php-cgi7.2",
        "php-fpm7.2",
        "php7.3",
        "php-cgi7.3",
        "php-fpm7.3",
        "php7.4",
        "php-cgi7.4",
        "php-fpm7.4",
        "php8.0",
        "php-cgi8.0",
        "php-fpm8.0",
        "php8.1",
        "php-cgi8.1",
        "php-fpm8.1",
        "php8.2",
        "php-cgi8.2",
        "php-fpm8.2",
        "php8.3",
        "php-cgi8.3",
        "php-fpm8.3",
        "php8.4",
        "php-cgi8.4",
        "php-fpm8.4",
        "php8.5",
        "php-cgi8.5",
        "php-fpm8.5",
    ),
    globs=("libphp*.so*",),
    evidence=(
        Evidence(
            b"PHP/",
            rb"X-Powered-By: PHP/(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:(?:alpha|beta|RC)[0-9]{1,2}|-dev)?)",
            48,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/php7.4",
        b"\x00X-Powered-By: PHP/7.4.33\x00",
        "7.4.33",
        "Debian php7.4-cli 7.4.33-1+deb11u5",
    ),
    Sample(
        "usr/bin/php8.4",
        b"\x00X-Powered-By: PHP/8.4.24\x00",
        "8.4.24",
        "Debian php8.4-cli 8.4.24-1~deb13u1",
    ),
    Sample(
        "usr/bin/php8.2",
        b"\x00X-Powered-By: PHP/8.2.36\x00",
        "8.2.36",
        "Debian php8.2-cli 8.2.36-1~deb12u1",
    ),
    Sample(
        "libphp.so",
        b"\x00X-Powered-By: PHP/8.2.1\x00",
        "8.2.1",
        "published build php-apache 8.2.1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
