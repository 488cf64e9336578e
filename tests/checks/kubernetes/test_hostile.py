"""A manifest that is made to cost or to mislead is told in bounded words and time."""

import json

from pratique.checks.kubernetes.interface import SOUND, scene_of
from pratique.kit import registry

CHECKS = registry.load("checks.kubernetes")


def test_long_names_stay_short_in_what_is_told() -> None:
    """Names, images, volumes and variables are the manifest's to choose."""
    long = "x" * 300_000
    text = json.dumps(SOUND).replace('"web"', f'"{long}"').replace("registry.example", long)
    container = {"name": long, "env": [{"name": f"{long}_PASSWORD", "value": long}], "image": long}
    volumes = [{"name": long, "hostPath": {"path": f"/etc/{long}"}}]
    pod = {"kind": long, "apiVersion": "v1", "metadata": {"name": long}, "spec": {"containers": [container] * 3, "volumes": volumes}}  # fmt: skip
    scene = scene_of((text, json.dumps(pod)))
    found = [fault for module in CHECKS.values() for fault in module.look(scene)]

    assert len(found) > 30
    assert max(len(fault.note) for fault in found) < 500
    assert max(len(fault.key) + len(fault.object) for fault in found) < 3_000


def test_other_types_than_expected_are_no_crash() -> None:
    """Every value of a manifest replaced by text, a list, a mapping and nothing."""
    sample = {
        "kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"labels": {}, "annotations": {"a": "b"}},
        "spec": {"template": {"metadata": {"labels": {"a": "b"}}, "spec": {
            "volumes": [{"name": "a", "hostPath": {"path": "/"}}], "tolerations": [{"key": "a"}],
            "securityContext": {"sysctls": [{"name": "a"}], "supplementalGroups": [0]},
            "containers": [{"name": "a", "image": "b", "ports": [{"containerPort": 1}], "env": [{"name": "a"}],
                            "securityContext": {"capabilities": {"add": ["A"], "drop": ["B"]}},
                            "livenessProbe": {"httpGet": {"port": 1}}, "resources": {"limits": {"cpu": 1}}}],
        }}},
    }  # fmt: skip
    texts = [text for odd in ("text", [], {}, None, [[]], {"a": {}}) for text in _odd(sample, odd)]

    assert len(texts) > 100
    for text in texts:
        scene = scene_of(text)
        for module in CHECKS.values():
            list(module.look(scene))


def _odd(sample: dict[str, object], odd: object) -> list[str]:
    """Return the sample once for each of its values, with that one replaced."""
    made: list[str] = []

    def walk(node: object) -> None:
        pairs = (
            node.items()
            if isinstance(node, dict)
            else enumerate(node)
            if isinstance(node, list)
            else ()
        )
        for key, value in list(pairs):
            node[key] = odd  # type: ignore[index]
            made.append(json.dumps(sample))
            node[key] = value  # type: ignore[index]
            walk(value)

    walk(sample)
    return made
