"""
Say how CPAN names distributions.

Source: CPAN::DistnameInfo (``distname_info``); purl-spec, types/cpan (AUTHOR/Distribution-Name).
"""


def split_distribution(text: str) -> tuple[str, str]:
    """
    Return the name and version of ``Name-Version``, or the whole and "" without a version.

    >>> split_distribution("libwww-perl-6.05"), split_distribution("Moo-2.0-TRIAL")
    (('libwww-perl', '6.05'), ('Moo', '2.0-TRIAL'))
    >>> split_distribution("URI-v1.2.3"), split_distribution("Foo")
    (('URI', 'v1.2.3'), ('Foo', ''))
    """
    at = len(text)
    while (at := text.rfind("-", 0, at)) > 0:
        if text[at + 1 : at + 3].removeprefix("v")[:1].isdigit():
            return text[:at], text[at + 1 :]
    return text, ""


def author_of(pathname: str) -> str:
    """
    Return the CPAN ID in the place of an archive on CPAN, or "".

    >>> author_of("G/GA/GAAS/libwww-perl-6.05.tar.gz")
    'GAAS'
    """
    parts = pathname.removeprefix("authors/id/").split("/")
    good = len(parts) > 3 and parts[1][:1] == parts[0] and parts[2].startswith(parts[1])
    return parts[2] if good else ""
