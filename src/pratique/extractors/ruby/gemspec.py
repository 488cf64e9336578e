"""
List installed gems by their specification: ``specifications/*.gemspec`` and
``…/default/*.gemspec``.

RubyGems writes it as Ruby source of a regular form; it is read as text and never run. Name and
version come from ``s.name = "…"`` and ``s.version = "…"``, else from the ``# stub: name version
platform`` line, else from the file's own name (hand-written ones compute their version). A platform
is not a part of the version.
Bounds: one pass over the lines. Source: rubygems/rubygems, Gem::Specification#to_ruby and
Gem::StubSpecification.
"""

from msgspec import Struct, field

from pratique.extractors.interface import partly_read
from pratique.extractors.ruby._ruby_text import literals
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "gemspec"
VERSION = 1
PATTERNS = Patterns(
    globs=("specifications/*.gemspec", "specifications/default/*.gemspec"), max_bytes=4 << 20
)
_STUB = "# stub:"
_NEEDS = ("add_dependency", "add_runtime_dependency")
_LINE = 4096


class _Gem(Struct):
    name: str = ""
    version: str = ""
    platform: str = ""
    licences: list[str] = field(default_factory=list)
    depends: set[str] = field(default_factory=set)


def extract_file(file: LayerFile) -> Extraction:
    """Return the gem that the file specifies."""
    text = file.content().decode(errors="replace")
    if "Gem::Specification" not in text:
        raise FormatError("no gem specification: no Gem::Specification in it")
    gem = _read(text)
    stub = _stub(text)
    from_name = _from_file_name(file.path, gem.name or stub[0])
    name = gem.name or stub[0] or from_name[0]
    version = gem.version or stub[1] or from_name[1]
    if not is_word(name) or not _is_version(version):
        reason = f"no gem: {shown(name)}, version {shown(version)}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    return Extraction(packages=(_package(name, version, gem),))


def _package(name: str, version: str, gem: _Gem) -> Package:
    platform = {"platform": gem.platform} if gem.platform not in ("", "ruby") else {}
    return Package(
        type=PackageType.GEM,
        name=name,
        version=version,
        purl=language_purl(PackageType.GEM, name, version, platform),
        licences=tuple(dict.fromkeys(gem.licences)),
        depends=tuple(sorted(gem.depends)),
        origin=NAME,
    )


def _read(text: str) -> _Gem:
    gem = _Gem()
    for line in text.splitlines():
        bare = line.strip()[:_LINE]
        receiver, dot, rest = bare.partition(".")
        if dot and receiver.isidentifier():
            _take(gem, rest)
    return gem


def _take(gem: _Gem, rest: str) -> None:
    """Take one ``field = value`` or ``method(arguments)`` of the specification."""
    for method in _NEEDS:
        if rest.startswith((f"{method}(", f"{method} ")):
            gem.depends.update(literals(rest)[:1])
            return
    key, equals, value = rest.partition("=")
    key = key.strip()
    if not equals or key not in ("name", "version", "platform", "licenses", "license"):
        return
    found = literals(value)
    if key in ("licenses", "license"):
        gem.licences += found
    # The first statement counts; in an expression a literal is not the value.
    elif found and not getattr(gem, key) and _is_plain(value):
        setattr(gem, key, found[0])


def _is_plain(value: str) -> bool:
    """
    Say whether the literal is the whole value.

    >>> _is_plain(' "1.0".freeze'), _is_plain(' Gem::Version.new "1.0"'), _is_plain(" X + '.1'")
    (True, True, False)
    """
    bare = (
        value.strip()
        .removeprefix("Gem::Version.new")
        .removeprefix("Gem::Platform.new")
        .lstrip("( ")
    )
    return bare[:1] in ("'", '"', "%", "[")


def _stub(text: str) -> tuple[str, str]:
    """
    Return name and version of the stub line, which stands among the first.

    >>> _stub("# -*- encoding: utf-8 -*-\\n# stub: rack 2.2.4 ruby lib\\n")
    ('rack', '2.2.4')
    """
    for line in text[:_LINE].splitlines()[:8]:
        if line.startswith(_STUB):
            words = line[len(_STUB) :].split()
            return (words[0], words[1]) if len(words) > 2 else ("", "")
    return "", ""


def _from_file_name(path: str, name: str) -> tuple[str, str]:
    """
    Return name and version of ``NAME-VERSION[-PLATFORM].gemspec``.

    >>> _from_file_name("specifications/net-http-0.3.0.gemspec", "")
    ('net-http', '0.3.0')
    >>> _from_file_name("specifications/nokogiri-1.13.10-x86_64-linux.gemspec", "nokogiri")
    ('nokogiri', '1.13.10')
    """
    stem = path.rpartition("/")[2].removesuffix(".gemspec")
    if name and stem.startswith(f"{name}-"):
        return name, stem[len(name) + 1 :].partition("-")[0]
    parts = stem.split("-")
    for number, part in enumerate(parts[1:], 1):
        if _is_version(part):
            return "-".join(parts[:number]), part
    return "", ""


def _is_version(text: str) -> bool:
    return is_word(text) and text[0].isascii() and text[0].isdigit() and "." in f"{text}."
