"""
List the Java run-time environment that a ``release`` file describes.

Every JDK and JRE since 7 has one at its root; other files of that name say nothing of
``JAVA_VERSION`` and are passed over. Oracle's commercial builds are ``jdk``, GraalVM's ``graalvm``,
all others ``openjdk``: vendors patch it under its own version numbers. Update releases of Java 8 and
before are ``1.8.0_292``, and ``8:update292`` as CPE.
Source: OpenJDK, make/ReleaseFile.gmk; https://nvd.nist.gov/products/cpe (oracle:openjdk).
"""

from pratique.formats.cpe import cpe_name
from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import package_url
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "jvm_release"
VERSION = 1
PATTERNS = Patterns(names=("release",), max_bytes=1 << 20)
_KEY = b"JAVA_VERSION="


def extract_file(file: LayerFile) -> Extraction:
    """Return the run-time environment."""
    content = file.content()
    if not content.startswith(_KEY) and b"\n" + _KEY not in content:
        return Extraction()
    fields = _fields(content)
    name, version = _product(fields), fields["JAVA_VERSION"]
    if fields.get("GRAALVM_VERSION") and name == "graalvm":
        version = fields["GRAALVM_VERSION"]
    if not is_word(version):
        raise FormatError("a Java run-time environment without a version")
    vendor = fields.get("IMPLEMENTOR", "")
    package = Package(
        type=PackageType.GENERIC,
        name=name,
        version=version,
        purl=package_url("generic", name, version),
        vendor=vendor if vendor != "N/A" else "",
        cpes=(_cpe(name, version),),
        origin=NAME,
    )
    return Extraction(packages=(package,))


def _fields(content: bytes) -> dict[str, str]:
    lines = (line.partition("=") for line in content.decode(errors="replace").splitlines())
    return {key.strip(): value.strip().strip('"') for key, equals, value in lines if equals}


def _product(fields: dict[str, str]) -> str:
    if fields.get("GRAALVM_VERSION"):
        return "graalvm"
    if fields.get("BUILD_TYPE") == "commercial" and fields.get("IMPLEMENTOR", "").startswith(
        "Oracle"
    ):
        return "jdk"
    return "openjdk"


def _cpe(product: str, version: str) -> str:
    """
    Return the name that vulnerability databases use.

    >>> _cpe("openjdk", "17.0.15"), _cpe("openjdk", "1.8.0_292")[:38]
    ('cpe:2.3:a:oracle:openjdk:17.0.15:*:*:*:*:*:*:*', 'cpe:2.3:a:oracle:openjdk:8:update292:*')
    """
    old, update, number = version.partition("_")
    if not (update and old.startswith("1.") and number.partition("-")[0].isdigit()):
        return cpe_name(f"oracle:{product}", version)
    # Oracle's own JDK keeps "1.8.0" in its names, OpenJDK is "8" there.
    base = old if product == "jdk" else old.split(".")[1]
    return cpe_name(f"oracle:{product}", base).replace(
        ":*", f":update{number.partition('-')[0]}", 1
    )
