"""Describe an installed or declared package and the files it owns."""

from enum import StrEnum
from typing import NewType

from msgspec import Struct

from pratique.model.digest import Digest
from pratique.model.distro import Distro
from pratique.model.licence import LicenceClass
from pratique.model.part import Part
from pratique.model.unknown import Unknown

Purl = NewType("Purl", str)
"""A package URL, https://github.com/package-url/purl-spec."""


class PackageType(StrEnum):
    """The purl types of packages this program knows."""

    DEB = "deb"
    RPM = "rpm"
    APK = "apk"
    ALPM = "alpm"
    OPKG = "opkg"
    PYPI = "pypi"
    NPM = "npm"
    MAVEN = "maven"
    GOLANG = "golang"
    CARGO = "cargo"
    GEM = "gem"
    COMPOSER = "composer"
    NUGET = "nuget"
    CONAN = "conan"
    CONDA = "conda"
    HEX = "hex"
    PUB = "pub"
    SWIFT = "swift"
    HACKAGE = "hackage"
    CRAN = "cran"
    COCOAPODS = "cocoapods"
    CPAN = "cpan"
    LUAROCKS = "luarocks"
    OPAM = "opam"
    JULIA = "julia"
    OTP = "otp"
    NIX = "nix"
    VCPKG = "vcpkg"
    BITNAMI = "bitnami"
    GITHUB = "github"
    WORDPRESS_PLUGIN = "wordpress-plugin"
    GENERIC = "generic"


OS_TYPES = frozenset(
    {PackageType.DEB, PackageType.RPM, PackageType.APK, PackageType.ALPM, PackageType.OPKG}
)
"""What a distribution's package manager installs, and on which its publisher speaks or nobody."""


class Scope(StrEnum):
    """What a lockfile says a declared package is for."""

    RUNTIME = ""
    """Needed to run, or not said."""
    DEVELOPMENT = "development"
    """Needed to build or test only: an installation for production leaves it out."""
    OPTIONAL = "optional"
    """Installed where it can be, or on request."""


class Linked(Struct, frozen=True, kw_only=True):
    """
    What a program contains of a module, as its linker recorded it.

    ``packages`` are import paths, sorted. ``symbols`` holds, for each function of them that is in
    the program (inlined ones too), the first 4 bytes of the sha256 of ``import/path.Function`` or
    ``import/path.Type.Method``; sorted, joined. A chance equality of two hashes makes a function
    look present, which is the safe side.
    """

    packages: tuple[str, ...] = ()
    symbols: bytes = b""
    system: str = ""
    """The operating system it runs on, as Go names it (``linux``)."""
    arch: str = ""
    """The processor it runs on, as Go names it (``amd64``)."""


class LayerRef(Struct, frozen=True, kw_only=True):
    """Name the layer that introduced a package or file, and the build step that made it."""

    index: int
    blob: Digest
    diff_id: Digest
    created_by: str = ""


class Package(Struct, frozen=True, kw_only=True):
    """
    One package.

    ``name`` is complete as its ecosystem writes it (``org.slf4j:slf4j-api``, ``@babel/core``,
    ``symfony/console``, ``github.com/pkg/errors``). ``version`` is complete, as the distribution's own tool prints it: deb ``[epoch:]upstream
    [-revision]``, rpm ``[epoch:]version-release``. ``source_name``/``source_version`` name the
    source package where it is known (rpm: from SOURCERPM, which has no epoch). ``module`` is the
    rpm MODULARITYLABEL. ``location`` is the file it was found in, ``layer`` the layer that
    introduced it; what lies in an archive stands behind a ``!`` (``app.jar!lib/x.jar``). ``origin``
    names the extractor.
    """

    type: PackageType
    name: str
    version: str
    purl: Purl
    arch: str = ""
    source_name: str = ""
    source_version: str = ""
    source_rpm: str = ""
    module: str = ""
    vendor: str = ""
    licences: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    """
    Names of the packages it needs, as far as its database or lockfile resolves them; sorted.

    ``name@version`` where a lockfile says which of several versions.
    """
    declared: bool = False
    """True when a lockfile names it but nothing shows that it is installed."""
    scope: Scope = Scope.RUNTIME
    cpes: tuple[str, ...] = ()
    """CPE 2.3 names, for programs that no package manager knows."""
    linked: Linked | None = None
    """What of it is in the program it was found in; None where that cannot be known."""
    owner: str = ""
    """
    ``Package.key`` of the OS package it is a part of, or empty.

    Set only where the OS package recorded the file, its digest is the file's and the versions agree.
    """
    unpublished: bool = False
    """
    True for what only its author's own tree holds, or a version nobody published.

    Such a package (the crate that a program was built from, a Go main module at ``(devel)``) is
    listed and never matched: an advisory on its name is about something else.
    """
    location: str = ""
    layer: LayerRef | None = None
    origin: str = ""
    licence_expression: str = ""
    """SPDX expression of what ``licences`` and its licence files say; empty where nobody looked."""
    licence_class: LicenceClass | None = None
    """What the expression asks of whoever passes it on; None where nobody looked."""
    part: Part = Part.UNKNOWN

    @property
    def key(self) -> str:
        """Return the id of this package within one report: unique, stable, printable."""
        return f"{self.purl}#{self.location}" if self.location else str(self.purl)


class OwnedFile(Struct, frozen=True, array_like=True, gc=False):
    """
    A file that a package recorded as its own.

    ``path`` is relative like ``Entry.path``. ``digest`` is ``algorithm:hex`` as recorded by the
    package (md5 for dpkg, sha1 for apk, sha256 or md5 for rpm) or empty. It is the image's own
    word: good for explaining, never for switching a check off.
    """

    path: str
    digest: str = ""
    config: bool = False


class Sign(Struct, frozen=True, array_like=True, order=True, gc=False):
    """What makes a tamper sign, called ``rule``, fire at one file; ``location`` as of a package."""

    rule: str
    location: str
    note: str


class Extraction(Struct, frozen=True, kw_only=True):
    """
    What one extractor found. ``owned`` maps ``Package.key`` to that package's files, ``offers`` to
    the names and versions under which it says that it holds other packages.

    ``signs`` are what layer units of ``tamper/`` saw.
    """

    packages: tuple[Package, ...] = ()
    owned: dict[str, tuple[OwnedFile, ...]] = {}
    offers: dict[str, tuple[tuple[str, str], ...]] = {}
    distro: Distro | None = None
    unknowns: tuple[Unknown, ...] = ()
    signs: tuple[Sign, ...] = ()
