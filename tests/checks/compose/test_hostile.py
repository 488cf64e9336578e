"""No shape of a file breaks a check, and no check repeats a file's size over and over."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.checks.compose.interface import scene_of
from pratique.checks.compose.unknown_service_field import KNOWN
from pratique.kit import registry
from pratique.model.errors import FormatError

CHECKS = registry.load("checks.compose")
WORDS = (
    "", "~", "true", "host", "0", "-1", "unconfined", "service:a", "a", "/", "/etc:/etc", "1:1",
    "${A:-b}", "${", "$$", "seccomp:unconfined", "A=b", "PASSWORD=x", "docker.sock:/x", "::", "[::]",
    "tcp://:2375", "*", "-", "é", "8080-8090:80", "label:disable", "git@x:y", "none", "source", "'",
)  # fmt: skip
KEYS = (
    "source", "target", "published", "path", "file", "context", "args", "test", "condition", "limits",
    "memory", "driver", "services", "a", "driver_opts", "device", "o", "disable", "resources",
)  # fmt: skip
LEAVES = st.sampled_from(WORDS) | st.none() | st.integers(-2, 70000) | st.booleans()
TREES = st.recursive(
    LEAVES,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=3)
    ),
    max_leaves=6,
)
SERVICES = st.dictionaries(
    st.sampled_from(("a", "b", "c")),
    st.dictionaries(st.sampled_from(sorted(KNOWN)), TREES, max_size=6) | TREES,
    max_size=3,
)
FILES = st.fixed_dictionaries(
    {"services": SERVICES | TREES},
    optional=dict.fromkeys(("version", "include", "volumes", "networks", "secrets", "x-a"), TREES),
)


@given(FILES)
@settings(max_examples=300, deadline=None)
def test_no_shape_breaks_a_check(file: dict[str, object]):
    """Whatever stands where something else should: a fault in its place, or nothing."""
    text = json.dumps(file)
    try:
        scene = scene_of(text)
    except FormatError:
        return
    for check in CHECKS.values():
        for fault in check.look(scene):
            assert fault.line >= 1
            assert 0 <= fault.start <= fault.end <= len(text.encode())


@pytest.mark.parametrize(
    "lines",
    [
        [f"  s{n}: {{image: a, ports: ['80:80'], depends_on: [s{n + 1}]}}" for n in range(2_000)],
        [
            f"  s{n}: {{image: a, depends_on: {{s{n + 1}: {{condition: service_healthy}}}},"
            f" ports: ['10.0.{n % 250}.{n // 250}:1:1']}}"
            for n in range(3_000)
        ],
        [f"  s{n}: {{image: a, container_name: x, ports: [{n}]}}" for n in range(2_000)],
        ["  a:", "    image: a", "    environment:", *(f"      K{n}: v" for n in range(20_000))],
        ["  a:", "    image: a", "    volumes:", *(f"      - v{n}:/x{n}" for n in range(20_000))],
        ["  a:", f"    image: {'a/' * 100_000}", f"    command: {'--password ' * 20_000}"],
    ],
)
def test_large_files_end(lines: list[str]):
    """Much of one thing is looked at in time (the limit of each test), and faults are no more than that."""
    scene = scene_of("services:\n" + "\n".join(lines) + "\n")
    found = sum(len(list(check.look(scene))) for check in CHECKS.values())
    assert found <= len(CHECKS) * len(lines)
