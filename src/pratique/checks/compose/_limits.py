"""Tell of services without a limit, in either place where it may stand."""

from collections.abc import Iterator

from pratique.checks.compose.interface import ComposeFault, Scene

_NO_LIMIT = ("", "0", "-1", "0.0")


def unlimited(scene: Scene, field: str, name: str, note: str) -> Iterator[ComposeFault]:
    """Yield a fault for each service that has it neither as ``field`` nor under ``deploy``."""
    for one in scene.running:
        values = (one.get(field), one.get("deploy", "resources", "limits", name))
        if not any(value.unset or value.text not in _NO_LIMIT for value in values):
            yield scene.told_service(one, note)
