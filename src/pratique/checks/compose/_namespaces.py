"""Tell of services that share a namespace of the host."""

from collections.abc import Iterator

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene
from pratique.model.severity import Severity


def host_namespace(
    scene: Scene, key: str, note: str, severity: Severity | None = None
) -> Iterator[ComposeFault]:
    """Yield a fault for each service whose ``key`` says ``host``."""
    for one in scene.services:
        value = one.get(key)
        if value.text.strip() == "host":
            yield scene.told(
                one,
                value,
                note,
                edits=scene.remove_field(one.value, key),
                fix=FixClass.VERIFIED,
                remedy=f"take {key} out",
                severity=severity,
            )
