"""What differs from run to run is one pattern; merging in any order gives the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pratique.detections.baseline.generalising import (
    MOST_IN_FOLDER,
    argument_shape,
    collapsed,
    collapsed_destinations,
    name_pattern,
    network_of,
    path_pattern,
)
from pratique.model.baseline import Destination


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/run/app-4711.pid", "/run/app-12.pid"),
        ("/tmp/tmpab12cd_x", "/tmp/tmpzz99yy_q"),
        ("/var/cache/3f2504e0-4f89-11d3-9a0c-0305e82c3301/a", "/var/cache/{}/a"),
        ("/srv/objects/deadbeef01", "/srv/objects/0123456789ab"),
        ("/proc/4711/comm", "/proc/9/comm"),
        ("/etc/passwd.k3Xq9b", "/etc/passwd.P0zzw1"),
    ],
)
def test_two_runs_have_one_pattern(one: str, other: str) -> None:
    other = other.format("550e8400-e29b-41d4-a716-446655440000")
    assert path_pattern(one) == path_pattern(other)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/var/log/nginx/access.log", "/root/.ssh/authorized_keys", "/a.html"]
)
def test_names_with_a_meaning_stay(path: str) -> None:
    assert path_pattern(path) == path


@given(st.text("ab01/.-*_tmp", max_size=40))
def test_generalising_twice_changes_nothing(text: str) -> None:
    assert path_pattern(path_pattern(text)) == path_pattern(text)
    assert name_pattern(name_pattern(text)) == name_pattern(text)


@pytest.mark.parametrize("name", ["**", "***", "a**", "**.conf", "1*2"])
def test_no_name_of_a_file_stands_for_its_folder(name: str) -> None:
    """Whoever may name a file may not widen what a baseline holds by it."""
    patterns = collapsed([path_pattern(f"/etc/{name}"), path_pattern(f"/etc/{name}/x")])

    assert len(patterns) == 2
    assert not any("**" in pattern for pattern in patterns)
    assert "**" not in argument_shape(("-c", name))


_names = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=1)
_paths = st.sets(
    st.lists(st.one_of(_names, st.just("data"), st.just("etc")), min_size=1, max_size=3).map(
        lambda parts: "/" + "/".join(parts)
    ),
    max_size=60,
)


@given(_paths, _paths, _paths)
@example(
    {f"/data/{letter}/x" for letter in "abcdefgh"},
    {f"/data/{letter}" for letter in "ijklmnop"},
    {"/data/a/y"},
)
def test_paths_collapse_in_any_order(a: set[str], b: set[str], c: set[str]) -> None:
    at_once = collapsed(a | b | c)
    assert collapsed(at_once) == at_once
    assert collapsed(collapsed(a | b) | c) == at_once
    assert collapsed(a | collapsed(c | b)) == at_once


@given(_paths)
def test_no_path_is_lost(paths: set[str]) -> None:
    """Each is there itself, or below a folder that stands for all."""
    found = collapsed(paths)
    folders = [one[:-2] for one in found if one.endswith("/**")]
    for path in paths:
        assert path in found or any(path.startswith(folder) for folder in folders)


def test_what_matters_most_is_never_hidden_in_a_folder() -> None:
    many = {f"/etc/{number:c}" for number in range(97, 97 + MOST_IN_FOLDER * 2)}
    assert collapsed(many) == many
    assert collapsed({f"/{one:c}" for one in range(97, 120)}) != {"/**"}


_addresses = st.builds(
    Destination,
    st.one_of(
        st.builds(lambda a, b: f"10.{a}.0.{b}", st.integers(0, 12), st.integers(0, 12)),
        st.builds(lambda a, b: f"2001:db8:{a:x}::{b:x}", st.integers(0, 12), st.integers(0, 12)),
        st.sampled_from(["db.example.org", "unix:/run/x.sock"]),
    ),
    st.sampled_from([80, 443]),
)
_sets = st.sets(_addresses, max_size=60)


@given(_sets, _sets, _sets)
def test_destinations_collapse_in_any_order(
    a: set[Destination], b: set[Destination], c: set[Destination]
) -> None:
    at_once = collapsed_destinations(a | b | c)
    assert collapsed_destinations(at_once) == at_once
    assert collapsed_destinations(collapsed_destinations(a | b) | c) == at_once
    assert collapsed_destinations(a | collapsed_destinations(c | b)) == at_once


@pytest.mark.parametrize(
    "arguments",
    [
        ("--password", "{}"),
        ("--db-password={}",),
        ("-e", "MYSQL_PASSWORD={}"),
        ("API_KEY={}",),
        ("--auth-token", "{}"),
        ("postgres://app:{}@db/x",),
    ],
)
def test_no_password_enters_a_baseline(arguments: tuple[str, ...]) -> None:
    word = "hunter" + "two"
    shape = argument_shape(tuple(one.format(word) for one in arguments))
    assert word not in shape
    assert "*" in shape


def test_words_behind_other_options_stay() -> None:
    assert (
        argument_shape(("--config", "a", "--passive", "--x", "b")) == "--config a --passive --x b"
    )


def test_shapes_and_networks() -> None:
    assert argument_shape(("a b", "")) == "a_b ''"
    assert argument_shape(tuple("x" for _ in range(50))).endswith(" **")
    assert network_of("10.1.2.3") == "10.1.0.0/16"
    assert len(path_pattern("/" + "x" * 9999)) < 600
