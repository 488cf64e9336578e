"""
Give expressions the functions that Kubernetes adds to CEL, as far as they mean something here.

cel-cpp takes no values of types of ours, so a quantity, a version, an address, a network and a URL are maps
with a ``kind``; functions on them refuse a map of another kind. Law: a function that cannot answer
raises, which makes the expression an error, never a "no".
Source: https://kubernetes.io/docs/reference/using-api/cel/ (libraries lists, regex, url, ip, cidr,
quantity, semver, format).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from pratique.model.errors import FormatError
from pratique.model.severity import Severity

if TYPE_CHECKING:
    from cel_expr_python.cel import FunctionDecl

Made: TypeAlias = "dict[str, str]"
"""A value of ours, as an expression holds it."""

MAX_PATTERN_CHARS = 1024
_MAX_FOUND = 1000


def functions() -> "list[FunctionDecl]":
    """Return the declarations of all functions."""
    from cel_expr_python.cel import FunctionDecl, Overload, Type

    kinds = {
        "bool": Type.BOOL,
        "int": Type.INT,
        "double": Type.DOUBLE,
        "string": Type.STRING,
        "made": Type.Map(Type.STRING, Type.DYN),
        "list": Type.List(Type.DYN),
        "strings": Type.List(Type.STRING),
        "dyn": Type.DYN,
    }
    declared: dict[str, list[Overload]] = {}
    for number, (signature, impl) in enumerate(_TABLE):
        name, member, parameters, result = _parsed(signature)
        declared.setdefault(name, []).append(
            Overload(
                f"pratique_{number}",
                return_type=kinds[result],
                parameters=[kinds[one] for one in parameters],
                is_member=member,
                impl=impl,
            )
        )
    return [FunctionDecl(name, overloads) for name, overloads in declared.items()]


def signatures() -> tuple[str, ...]:
    """Return the functions as a person reads them, for the reference page."""
    return tuple(signature for signature, _ in _TABLE)


def _parsed(signature: str) -> tuple[str, bool, list[str], str]:
    """Return name, whether it is called on its first parameter, parameters and result."""
    head, _, result = signature.partition(" -> ")
    name, _, inner = head.rstrip(")").partition("(")
    parameters = [one for one in inner.split(", ") if one]
    receiver, dot, method = name.partition(".")
    if dot and receiver in ("string", "made", "list"):
        return method, True, [receiver, *parameters], result
    return name, False, parameters, result


# Quantities


def _quantity(text: str) -> Made:
    return {"kind": "quantity", "value": str(_amount(text))}


def _amount(text: str) -> Decimal:
    found = _QUANTITY.fullmatch(text)
    if not found:
        raise ValueError(f"{text[:40]!r} is no quantity")
    try:
        return Decimal(found[1]) * _FACTORS[found[2]]
    except InvalidOperation:
        raise ValueError(f"{text[:40]!r} is no quantity") from None


_QUANTITY = re.compile(
    r"([+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|)"
)
_FACTORS = {
    "": Decimal(1),
    **{name: Decimal(1024) ** (at + 1) for at, name in enumerate(("Ki", "Mi", "Gi"))},
    **{name: Decimal(1024) ** (at + 4) for at, name in enumerate(("Ti", "Pi", "Ei"))},
    **{name: Decimal(1000) ** (at + 1) for at, name in enumerate("kMGTPE")},
    **{name: Decimal(1000) ** -(at + 1) for at, name in enumerate("mun")},
}


# Versions


def _semver(text: str) -> Made:
    _version(text)
    return {"kind": "semver", "value": text}


def _version(text: str) -> tuple[int, int, int, str]:
    found = _SEMVER.fullmatch(text)
    if not found:
        raise ValueError(f"{text[:40]!r} is no semantic version")
    return int(found[1]), int(found[2]), int(found[3]), found[4] or ""


_SEMVER = re.compile(
    r"(0|[1-9][0-9]{0,17})\.(0|[1-9][0-9]{0,17})\.(0|[1-9][0-9]{0,17})"
    r"(?:-([0-9A-Za-z.-]{1,128}))?(?:\+[0-9A-Za-z.-]{1,128})?"
)


# Addresses, networks and URLs


def _ip(text: str) -> Made:
    return {"kind": "ip", "value": str(_address(text))}


def _address(text: str) -> "IPv4Address | IPv6Address":
    if "%" in text:
        raise ValueError("an address with a zone")
    return ip_address(text)


def _cidr(text: str) -> Made:
    _network(text)
    return {"kind": "cidr", "value": text}


def _network(text: str) -> "IPv4Network | IPv6Network":
    if "/" not in text:
        raise ValueError(f"{text[:40]!r} has no prefix length")
    return ip_network(text, strict=False)


def _contains(network: str, address: str) -> bool:
    outer, inner = _network(network), _address(address)
    return outer.version == inner.version and inner in outer


def _contains_network(network: str, other: str) -> bool:
    outer, inner = _network(network), _network(other)
    if isinstance(outer, IPv4Network):
        return isinstance(inner, IPv4Network) and inner.subnet_of(outer)
    return isinstance(inner, IPv6Network) and inner.subnet_of(outer)


def _url(text: str) -> Made:
    found = urlsplit(text)
    _ = found.port  # raises where it is none
    if not (found.scheme or text.startswith("/")):
        raise ValueError(f"{text[:40]!r} is no URL")
    return {"kind": "url", "value": text}


# Formats, patterns and lists


_FORMATS = {
    "dns1123Label": re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"),
    "dns1123Subdomain": re.compile(
        r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
        r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
    ),
    "dns1035Label": re.compile(r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"),
    "uuid": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
    "date": re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    "datetime": re.compile(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
        r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
    ),
    "digest": re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}"),
}


def _is_format(text: str, name: str) -> bool:
    if name not in _FORMATS:
        raise ValueError(f"no format {name[:40]!r}: {', '.join(_FORMATS)}")
    return _FORMATS[name].fullmatch(text) is not None


@lru_cache(maxsize=256)
def _pattern(text: str) -> "re.Pattern[str]":
    if len(text) > MAX_PATTERN_CHARS:
        raise ValueError("a pattern that is too long")
    return re.compile(text)


def _found(text: str, pattern: str) -> str:
    found = _pattern(pattern).search(text)
    return found[0] if found else ""


def _all_found(text: str, pattern: str, most: int = -1) -> list[str]:
    bound = _MAX_FOUND if most < 0 else min(most, _MAX_FOUND)
    found: list[str] = []
    for one in _pattern(pattern).finditer(text):
        if len(found) >= bound:
            break
        found.append(one[0])
    return found


def _is_sorted(values: Sequence[str]) -> bool:
    return all(left <= right for left, right in pairwise(values))


# What all of them share


def _value(made: Mapping[str, str], *kinds: str) -> str:
    """Return the value of a map of ours."""
    if made.get("kind") not in kinds:
        raise ValueError(f"not a {' or '.join(kinds)}")
    return made["value"]


def _compared(left: Mapping[str, str], right: Mapping[str, str]) -> int:
    if left.get("kind") == "quantity":
        a, b = Decimal(_value(left, "quantity")), Decimal(_value(right, "quantity"))
        return (a > b) - (a < b)
    from pratique.formats.versions.order import compare

    try:
        return compare("npm", _value(left, "semver"), _value(right, "semver"))
    except FormatError as error:
        raise ValueError(str(error)) from None


def _can(made: Callable[[str], object]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            made(text)
        except ValueError:
            return False
        return True

    return test


def _of(kind: str, answer: Callable[[str], object]) -> Callable[[Mapping[str, str]], object]:
    def ask(made: Mapping[str, str]) -> object:
        return answer(_value(made, kind))

    return ask


def _is_global(address: "IPv4Address | IPv6Address") -> bool:
    """As Go's ``IsGlobalUnicast``: private addresses are global unicast too."""
    broadcast = str(address) == "255.255.255.255"
    return not (
        address.is_unspecified
        or address.is_loopback
        or address.is_multicast
        or address.is_link_local
        or broadcast
    )


_TABLE: tuple[tuple[str, Callable[..., object]], ...] = (
    ("rank(string) -> int", lambda text: Severity(text).rank),
    ("quantity(string) -> made", _quantity),
    ("isQuantity(string) -> bool", _can(_quantity)),
    ("made.sign() -> int", _of("quantity", lambda v: (Decimal(v) > 0) - (Decimal(v) < 0))),
    ("made.isInteger() -> bool", _of("quantity", lambda v: Decimal(v) == int(Decimal(v)))),
    ("made.asInteger() -> int", _of("quantity", lambda v: int(Decimal(v)))),
    ("made.asApproximateFloat() -> double", _of("quantity", float)),
    (
        "made.add(made) -> made",
        lambda a, b: {
            "kind": "quantity",
            "value": str(Decimal(_value(a, "quantity")) + Decimal(_value(b, "quantity"))),
        },
    ),
    (
        "made.sub(made) -> made",
        lambda a, b: {
            "kind": "quantity",
            "value": str(Decimal(_value(a, "quantity")) - Decimal(_value(b, "quantity"))),
        },
    ),
    ("made.compareTo(made) -> int", _compared),
    ("made.isGreaterThan(made) -> bool", lambda a, b: _compared(a, b) > 0),
    ("made.isLessThan(made) -> bool", lambda a, b: _compared(a, b) < 0),
    ("semver(string) -> made", _semver),
    ("isSemver(string) -> bool", _can(_semver)),
    ("made.major() -> int", _of("semver", lambda v: _version(v)[0])),
    ("made.minor() -> int", _of("semver", lambda v: _version(v)[1])),
    ("made.patch() -> int", _of("semver", lambda v: _version(v)[2])),
    ("ip(string) -> made", _ip),
    ("isIP(string) -> bool", _can(_ip)),
    ("ip.isCanonical(string) -> bool", lambda text: str(_address(text)) == text),
    ("made.family() -> int", _of("ip", lambda v: _address(v).version)),
    ("made.isLoopback() -> bool", _of("ip", lambda v: _address(v).is_loopback)),
    ("made.isUnspecified() -> bool", _of("ip", lambda v: _address(v).is_unspecified)),
    ("made.isLinkLocalUnicast() -> bool", _of("ip", lambda v: _address(v).is_link_local)),
    ("made.isGlobalUnicast() -> bool", _of("ip", lambda v: _is_global(_address(v)))),
    ("cidr(string) -> made", _cidr),
    ("isCIDR(string) -> bool", _can(_cidr)),
    ("made.containsIP(string) -> bool", lambda a, b: _contains(_value(a, "cidr"), b)),
    (
        "made.containsIP(made) -> bool",
        lambda a, b: _contains(_value(a, "cidr"), _value(b, "ip")),
    ),
    ("made.containsCIDR(string) -> bool", lambda a, b: _contains_network(_value(a, "cidr"), b)),
    (
        "made.containsCIDR(made) -> bool",
        lambda a, b: _contains_network(_value(a, "cidr"), _value(b, "cidr")),
    ),
    ("made.prefixLength() -> int", _of("cidr", lambda v: _network(v).prefixlen)),
    ("made.masked() -> made", _of("cidr", lambda v: _cidr(str(_network(v))))),
    ("url(string) -> made", _url),
    ("isURL(string) -> bool", _can(_url)),
    ("made.getScheme() -> string", _of("url", lambda v: urlsplit(v).scheme)),
    ("made.getHost() -> string", _of("url", lambda v: urlsplit(v).netloc.rpartition("@")[2])),
    ("made.getHostname() -> string", _of("url", lambda v: urlsplit(v).hostname or "")),
    ("made.getPort() -> string", _of("url", lambda v: str(urlsplit(v).port or ""))),
    ("made.getEscapedPath() -> string", _of("url", lambda v: urlsplit(v).path)),
    ("string.isFormat(string) -> bool", _is_format),
    ("string.rx(string) -> bool", lambda text, p: _pattern(p).search(text) is not None),
    ("string.find(string) -> string", _found),
    ("string.findAll(string) -> strings", _all_found),
    ("string.findAll(string, int) -> strings", _all_found),
    ("list.isSorted() -> bool", _is_sorted),
    ("list.sum() -> dyn", sum),
    ("list.min() -> dyn", min),
    ("list.max() -> dyn", max),
)
