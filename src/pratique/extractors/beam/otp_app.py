"""
List applications installed for the Erlang virtual machine, by ``ebin/NAME.app``.

The file holds ``{application, name, [{vsn, "1.2.3"}, …]}``. What comes with Erlang/OTP and Elixir
is of type ``otp``; the rest is of type ``hex``, because releases install packages of Hex under
their own names and versions.
Source: https://www.erlang.org/doc/apps/kernel/application.html (the resource file)
"""

from pratique.extractors.beam._terms import Term, erlang_terms
from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "otp_app"
VERSION = 1
PATTERNS = Patterns(globs=("ebin/*.app",), max_bytes=4 << 20)
_OTP = frozenset(
    [
        "asn1",
        "common_test",
        "compiler",
        "cosEvent",
        "cosEventDomain",
        "cosFileTransfer",
        "cosNotification",
        "cosProperty",
        "cosTime",
        "cosTransactions",
        "crypto",
        "debugger",
        "dialyzer",
        "diameter",
        "edoc",
        "eldap",
        "erl_docgen",
        "erl_interface",
        "erts",
        "et",
        "eunit",
        "ftp",
        "gs",
        "hipe",
        "ic",
        "inets",
        "jinterface",
        "kernel",
        "megaco",
        "mnesia",
        "observer",
        "odbc",
        "orber",
        "os_mon",
        "ose",
        "otp_mibs",
        "parsetools",
        "percept",
        "public_key",
        "reltool",
        "runtime_tools",
        "sasl",
        "snmp",
        "ssh",
        "ssl",
        "stdlib",
        "syntax_tools",
        "test_server",
        "tftp",
        "tools",
        "typer",
        "webtool",
        "wx",
        "xmerl",
        "eex",
        "elixir",
        "ex_unit",
        "iex",
        "logger",
        "mix",
    ]
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the application that the resource file describes."""
    name, properties = _application(file.content().decode(errors="replace"))
    version = properties.get("vsn")
    if not isinstance(version, str) or not version:
        return Extraction()
    if not is_word(name) or not is_word(version):
        reason = f"no application: {shown(name)}, version {shown(version)}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    kind = PackageType.OTP if name in _OTP else PackageType.HEX
    needs = properties.get("applications")
    depends = {need for need in needs if isinstance(need, str)} if isinstance(needs, list) else ()
    package = Package(
        type=kind,
        name=name,
        version=version,
        purl=language_purl(kind, name, version),
        depends=tuple(sorted(depends)),
        licences=_licences(properties.get("licenses")),
        origin=NAME,
    )
    return Extraction(packages=(package,))


def _application(text: str) -> tuple[str, dict[str, Term]]:
    for term in erlang_terms(text):
        if isinstance(term, tuple) and len(term) > 2 and term[0] == "application":
            name, listed = term[1], term[2]
            if isinstance(name, str) and isinstance(listed, list):
                return name, dict(_properties(listed))
    raise FormatError("no application resource file: no {application, …}")


def _properties(listed: list[Term]) -> list[tuple[str, Term]]:
    pairs = (term for term in listed if isinstance(term, tuple) and len(term) == 2)
    return [(key, value) for key, value in pairs if isinstance(key, str)]


def _licences(stated: "Term | None") -> tuple[str, ...]:
    names = stated if isinstance(stated, list) else []
    return tuple(name for name in names[:16] if isinstance(name, str) and name)
