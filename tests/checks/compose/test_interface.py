"""A scene tells faults in their place, and makes the edits that checks ask for."""

from pratique.checks.compose.interface import Sample, scene_of, service


def test_a_fault_knows_its_file_and_service() -> None:
    """Also one that an included file shows."""
    files = {"compose.yaml": "include: [b.yaml]\n", "b.yaml": service("pid: host")}
    scene = scene_of(Sample(files=files))
    (one,) = scene.services
    fault = scene.told(one, one.get("pid"), "n", key="k")

    assert (fault.file, fault.line, fault.service, fault.key) == ("b.yaml", 4, "web", "web/k")
    assert scene.told_service(one, "n").line == 2
    assert scene.told_field(one, "pid", "n").end == fault.start - 2


def test_the_last_item_takes_its_list_along() -> None:
    """Where the service itself has it."""
    scene = scene_of(service("cap_add:", "  - A"))
    (one,) = scene.services
    (edit,) = scene.remove_item(one, "cap_add", one.get("cap_add").items[0])

    assert scene.project.contents[edit.file][edit.start : edit.end] == b"    cap_add:\n      - A\n"
