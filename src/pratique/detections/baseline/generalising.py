"""
Say what is the same from run to run: patterns of paths, shapes of arguments, networks.

What is learnt and what is judged go through the same functions, so that comparing is looking up.
Laws: generalising twice changes nothing; collapsing a set twice changes nothing, and collapsing two
sets apart and then together gives what collapsing all at once gives, so baselines merge in any order.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import ip_address, ip_network

from pratique.model.baseline import Destination

MOST_IN_FOLDER = 12
"""Names in one folder above which the folder stands for all of them."""
MOST_IN_NETWORK = 8
"""Addresses of one network, and networks of one port, above which the larger stands for all."""
MOST_SHAPES = 12
"""Shapes of arguments of one program and parent above which any will do."""
ANY = "**"
_MAX_CHARS = 512
_MAX_WORDS = 24

_RANDOM = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|(?<![0-9a-zA-Z])(?=[a-fA-F]{0,40}\d)[0-9a-fA-F]{8,}(?![0-9a-zA-Z])"
    r"|\d+"
)
_SECRET = re.compile(r"(?i)pass|pwd|secret|token|credential|api.?key|private.?key|auth")
_USER = re.compile(r"://[^/@\s]{1,200}@")
_MAX_OPTION = 64
_TEMPORARY = re.compile(
    r"(?<=^tmp)[a-z0-9_]{8}(?![a-z0-9])"  # mkstemp of Python
    r"|(?<=\.)(?=[A-Za-z]{0,9}\d|[A-Z]{0,9}[a-z]{1,9}[A-Z]|[a-z]{0,9}[A-Z])[A-Za-z0-9]{6,10}$"
)
_NEVER_WHOLE = frozenset(
    {"bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "proc", "root", "sbin", "sys", "usr"}
)
"""Below these a folder never stands for everything in it: that would hide what matters most."""
_STARS = re.compile(r"\*\*+")
_ANYWHERE = {4: "0.0.0.0/0", 6: "::/0"}
_NETWORK_BITS = {4: 16, 6: 48}


@lru_cache(maxsize=65536)
def path_pattern(path: str) -> str:
    """
    Return a path with ``*`` for what looks random.

    >>> path_pattern("/var/lib/app/9f8e7d6c5b4a/page-17.html"), path_pattern("/tmp/tmpk3_9xq2a")
    ('/var/lib/app/*/page-*.html', '/tmp/tmp*')
    """
    if len(path) > _MAX_CHARS:
        path = path[:_MAX_CHARS] + "*"
    return "/".join(_word(part) for part in path.split("/"))


@lru_cache(maxsize=65536)
def argument_shape(arguments: Sequence[str]) -> str:
    """
    Return arguments as one text, with ``*`` for what looks random, and for values of passwords.

    A baseline is kept under version control and read by many: what an option calls a password, token
    or key, and what stands before the ``@`` of an address, does not enter it.

    >>> argument_shape(("--token=abc", "--password", "x", "http://me:it@db/"))
    '--token=* --password * http://*@db/'
    >>> argument_shape(("-p", "8080", "--id=550e8400-e29b-41d4-a716-446655440000"))
    '-p * --id=*'
    """
    words = []
    secret = False
    for one in arguments[:_MAX_WORDS]:
        name, equals, _ = one.partition("=")
        named = bool(_SECRET.search(name)) and len(name) < _MAX_OPTION
        if secret and not one.startswith("-"):
            one = "*"
        elif named and equals:
            one = f"{name}=*"
        secret = named and not equals and one.startswith("-")
        words.append(_plain(path_pattern(_USER.sub("://*@", one[:_MAX_CHARS]))))
    return " ".join(words) + (" **" if len(arguments) > _MAX_WORDS else "")


@lru_cache(maxsize=65536)
def name_pattern(name: str) -> str:
    """
    Return a DNS name with ``*`` for what looks random.

    >>> name_pattern("Shard-7.db.Example.org.")
    'shard-*.db.example.org'
    """
    lower = name.lower().rstrip(".")[:_MAX_CHARS]
    return _RANDOM.sub("*", lower)


def collapsed(patterns: Iterable[str]) -> frozenset[str]:
    """
    Return patterns of paths where a folder with too many names stands for all below it.

    >>> sorted(collapsed([f"/data/{letter}.csv" for letter in "abcdefghijklmno"]))
    ['/data/**']
    """
    tree: _Tree = {}
    for pattern in patterns:
        here = tree
        for part in pattern.split("/"):
            here = here.setdefault(part, {})
        here.setdefault("", {})
    out: set[str] = set()
    _gather(tree, (), out)
    return frozenset(out)


def collapsed_destinations(seen: Iterable[Destination]) -> frozenset[Destination]:
    """
    Return destinations where too many addresses of one port became their network, then anywhere.

    >>> seen = [Destination(f"192.0.2.{number}", 443) for number in range(20)]
    >>> sorted(one.to for one in collapsed_destinations(seen))
    ['192.0.0.0/16']
    """
    groups: dict[tuple[int, str], set[str]] = {}
    for one in seen:
        groups.setdefault((one.port, one.protocol), set()).add(one.to)
    return frozenset(
        Destination(to, port, protocol)
        for (port, protocol), to_all in groups.items()
        for to in _fewer(to_all)
    )


def network_of(to: str) -> str:
    """
    Return the network of an address as this module forms it, empty for what is no address.

    >>> network_of("192.0.2.7"), network_of("2001:db8:7:9::1"), network_of("example.org")
    ('192.0.0.0/16', '2001:db8:7::/48', '')
    """
    try:
        address = ip_address(to)
    except ValueError:
        return ""
    return str(ip_network(f"{to}/{_NETWORK_BITS[address.version]}", strict=False))


_Tree = dict[str, "_Tree"]


def _gather(tree: _Tree, above: tuple[str, ...], out: set[str]) -> None:
    names = [name for name in tree if name]
    if ANY in tree or (len(names) > MOST_IN_FOLDER and _may_stand_for_all(above)):
        out.add("/".join((*above, ANY)))
        return
    if "" in tree and not tree[""] and above and above != ("",):
        out.add("/".join(above))
    for name, below in tree.items():
        # The empty part before the first slash is the root; any other ends a path.
        if name or (not above and below):
            _gather(below, (*above, name), out)


def _may_stand_for_all(above: tuple[str, ...]) -> bool:
    return len(above) >= 2 and above[0] == "" and above[1] not in _NEVER_WHOLE


def _fewer(to_all: set[str]) -> set[str]:
    for version, anywhere in _ANYWHERE.items():
        groups: dict[str, set[str]] = {}
        for to in to_all:
            net = _of_version(to, version)
            if net:
                groups.setdefault(net, set()).add(to)
        if anywhere in to_all or len(groups) > MOST_IN_NETWORK:
            gone = {to for group in groups.values() for to in group}
            to_all = (to_all - gone) | {anywhere}
            continue
        for net, group in groups.items():
            if net in group or len(group) > MOST_IN_NETWORK:
                to_all = (to_all - group) | {net}
    return to_all


def _of_version(to: str, version: int) -> str:
    """Return the network of an address or of a network that this module formed; else nothing."""
    head, slash, bits = to.partition("/")
    if slash and bits != str(_NETWORK_BITS[version]):
        return ""
    net = network_of(head)
    return net if (":" in net) == (version == 6) else ""


def _word(part: str) -> str:
    part = _TEMPORARY.sub("*", part)
    # A file that is called "**" must not stand for all of its folder.
    return _STARS.sub("*", _RANDOM.sub("*", part))


def _plain(word: str) -> str:
    """Return a word without the blanks that part words."""
    return word.replace(" ", "_") or "''"
