"""Find builds that get powers over the host."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, Service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-build"
TITLE = "a service is built with powers over the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "build has privileged: true, the entitlement security.insecure (RUN --security=insecure), or "
        "the network of the host. Whatever the Dockerfile fetches and runs, a package's install script "
        "too, has the host then (graded high) or all that listens on it. Build without; fetch what the "
        "build needs by its own network."
    )
}
_HEAD = "services:\n  web:\n    build:\n      context: .\n"
BAD = (
    f"{_HEAD}      privileged: true\n",
    f"{_HEAD}      entitlements: [security.insecure]\n",
    f"{_HEAD}      network: host\n",
)
GOOD = (f"{_HEAD}      network: none\n", f"{_HEAD}      privileged: false\n")
FIXED = ((f"{_HEAD}      network: host\n", _HEAD), (f"{_HEAD}      privileged: true\n", _HEAD))


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each power."""
    for one in scene.services:
        build = one.get("build")
        if build.at("privileged").truth:
            yield _told(scene, one, "privileged", "the build runs privileged", Severity.HIGH)
        if build.at("network").text == "host":
            yield _told(scene, one, "network", "the build uses the network of the host", None)
        for item in build.at("entitlements").texts():
            if item.text in ("security.insecure", "network.host"):
                grade = Severity.HIGH if item.text == "security.insecure" else None
                note = f"the build may ask for {item.text}"
                yield scene.told(one, item, note, key=item.text, severity=grade)


def _told(
    scene: Scene, one: Service, field: str, note: str, severity: Severity | None
) -> ComposeFault:
    build = one.get("build")
    return scene.told(
        one,
        build.at(field),
        note,
        key=field,
        severity=severity,
        edits=scene.remove_field(build, field),
        fix=FixClass.VERIFIED,
        remedy=f"take {field} out",
    )
