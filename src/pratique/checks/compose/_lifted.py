"""Tell of security options that lift a restriction."""

from collections.abc import Iterator

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene


def lifted(scene: Scene, name: str, setting: str, note: str) -> Iterator[ComposeFault]:
    """Yield a fault for each ``security_opt`` that says this."""
    for one in scene.services:
        for found, said, item in one.security_options():
            if (found, said.lower()) == (name, setting):
                yield scene.told(
                    one,
                    item,
                    note,
                    key=name,
                    edits=scene.remove_item(one, "security_opt", item),
                    fix=FixClass.VERIFIED,
                    remedy="take the option out",
                )
