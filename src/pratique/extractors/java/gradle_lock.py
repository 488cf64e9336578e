"""
List the packages that Gradle locked.

Reads gradle.lockfile and buildscript-gradle.lockfile: lines ``group:artifact:version=configuration,…``
and ``empty=…`` for configurations without any. A package that only configurations of tests, checks
and code generation use is for development; so is all of a build script.
Source: https://docs.gradle.org/current/userguide/dependency_locking.html.
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "gradle_lock"
VERSION = 1
_BUILD_SCRIPT = "buildscript-gradle.lockfile"
PATTERNS = Patterns(names=("gradle.lockfile", _BUILD_SCRIPT), max_bytes=16 << 20)
_TOOLS = (
    "annotationprocessor",
    "checkstyle",
    "codenarc",
    "detekt",
    "errorprone",
    "jacoco",
    "jmh",
    "kapt",
    "kotlinbuildtools",
    "kotlincompiler",
    "kotlinklib",
    "kotlinnative",
    "ksp",
    "ktlint",
    "pitest",
    "pmd",
    "spotbugs",
    "spotless",
)
"""Starts of the names of configurations that plugins run at build time, in lower case."""


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    is_build_script = file.path.endswith(_BUILD_SCRIPT)
    for line in file.content().decode("utf-8-sig", "replace").splitlines():
        what, equals, used = line.strip().partition("=")
        if not what or what.startswith("#") or what == "empty":
            continue
        group, _, rest = what.partition(":")
        artifact, _, version = rest.partition(":")
        if not (equals and group and artifact and version) or ":" in version:
            pins.leave_out(line)
            continue
        later = is_build_script or all(map(_is_for_development, used.split(",")))
        pins.add(
            Pin(
                type=PackageType.MAVEN,
                name=f"{group}:{artifact}",
                version=version,
                scope=Scope.DEVELOPMENT if later else Scope.RUNTIME,
            )
        )
    return pins.done()


def _is_for_development(configuration: str) -> bool:
    """
    Return whether a configuration is for tests or tools.

    >>> [_is_for_development(one) for one in ("testRuntimeClasspath", "debugUnitTestCompileClasspath")]
    [True, True]
    >>> [_is_for_development(one) for one in ("runtimeClasspath", "latestReleaseApi", "")]
    [False, False, False]
    """
    lower = configuration.lower()
    if configuration.startswith("test") or "Test" in configuration:
        return True
    return lower.startswith(_TOOLS) or lower.endswith(
        ("annotationprocessor", "annotationprocessorclasspath")
    )
