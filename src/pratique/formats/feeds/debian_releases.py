"""
Turn the code names of Debian's releases into their numbers.

Source: https://www.debian.org/releases/. ``sid`` never gets a number.
"""

RELEASES = {
    "wheezy": "7",
    "jessie": "8",
    "stretch": "9",
    "buster": "10",
    "bullseye": "11",
    "bookworm": "12",
    "trixie": "13",
    "forky": "14",
    "duke": "15",
}


def ecosystem_of(codename: str) -> str:
    """
    Return the OSV ecosystem of a code name; one that is not known stands for itself.

    >>> ecosystem_of("bookworm"), ecosystem_of("sid")
    ('Debian:12', 'Debian:sid')
    """
    return f"Debian:{RELEASES.get(codename, codename)}"
