"""
Read the keys and references of pnpm's lock files.

Source: pnpm/spec, lockfile/5.2.md, 6.0.md, 9.0.md; pnpm/pnpm, packages/dependency-path.
"""

from pratique.extractors.javascript._npm import split_reference


def major(lockfile_version: str) -> int:
    """
    Return the leading number of ``lockfileVersion``; 0 where there is none.

    >>> major("5.4-inlineSpecifiers"), major("6.0"), major("9.0"), major("x")
    (5, 6, 9, 0)
    """
    number = lockfile_version.partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0


def bare(key: str) -> str:
    """
    Return a key or reference without the peers it was resolved with (versions 6 and later).

    >>> bare("react-dom@18.2.0(react@18.2.0)(x@1)")
    'react-dom@18.2.0'
    """
    return key.partition("(")[0]


def name_and_version(key: str, format_: int) -> tuple[str, str]:
    """
    Return the package of a key.

    >>> name_and_version("/@babel/core/7.1.0_x@1", 5), name_and_version("/ms@2.0.0(a@1)", 6)
    (('@babel/core', '7.1.0'), ('ms', '2.0.0'))
    >>> name_and_version("registry.example/ms/2.0.0", 5), name_and_version("@a/b@1.0.0", 9)
    (('ms', '2.0.0'), ('@a/b', '1.0.0'))
    """
    if format_ >= 6:
        return split_reference(bare(key).removeprefix("/"))
    rest = key.partition("/")[2]
    name, _, version = rest.rpartition("/")
    return name, version.partition("_")[0]


def key_of(name: str, reference: str, format_: int) -> tuple[str, ...]:
    """
    Return the keys under which a dependency may stand: the reference itself, or name and version.

    >>> key_of("ms", "2.0.0", 9), key_of("old", "/ms/0.7.1", 5)
    (('2.0.0', 'ms@2.0.0'), ('/ms/0.7.1', '/old//ms/0.7.1'))
    """
    if format_ >= 9:
        return (reference, f"{name}@{reference}")
    return (reference, f"/{name}@{reference}" if format_ >= 6 else f"/{name}/{reference}")
