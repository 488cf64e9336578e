"""A service answers what is asked of it most, in either form."""

import pytest

from pratique.formats.compose.project import read_project
from pratique.formats.compose.services import Service


def service(*lines: str) -> Service:
    """Return a service of these lines."""
    text = "services:\n  web:\n" + "".join(f"    {line}\n" for line in lines)
    (one,) = read_project("f", {"f": text.encode()}.get).services
    return one


@pytest.mark.parametrize(
    ("lines", "image", "name"),
    [
        (["image: registry.example:5000/a/Web:1.2"], "registry.example:5000/a/Web:1.2", "web"),
        (["image: web@sha256:00"], "web@sha256:00", "web"),
        (["image: ${IMAGE}"], "", ""),
        (["image: web", "build: ."], "", ""),
    ],
)
def test_image(lines: list[str], image: str, name: str):
    """What is built, or decided elsewhere, is no known image."""
    one = service(*lines)
    assert (one.image, one.image_name) == (image, name)


def test_what_runs():
    """A template has neither image nor build."""
    assert service("build: .").runs
    assert not service("user: x").runs


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("network_mode: host", True),
        ("networks: [host]", True),
        ("networks: {host: }", True),
        ("networks: [a]", False),
    ],
)
def test_host_network(line: str, wanted: bool):
    """By mode or by name."""
    assert service(line).host_network is wanted


def test_words():
    """A list as it is, a text as a shell splits it, one that no shell splits at its spaces."""
    assert service("command: [a, b c]").words("command") == ("a", "b c")
    assert service("command: a 'b c'").words("command") == ("a", "b c")
    assert service("""command: "a 'b" """).words("command") == ("a", "'b")


def test_environment_of_both_forms():
    """A name alone has no value here."""
    for lines in (["environment: [A=1, B]"], ["environment: {A: 1, B: }"]):
        found = service(*lines).environment
        assert {name: one.text for name, one in found.items()} == {"A": "1", "B": ""}
