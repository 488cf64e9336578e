"""A monitor's command line is a text of the node: it names a container, or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.workloads.monitors import named

ID = "a" * 64


def test_what_podman_begins() -> None:
    """The id and the name stand among many other options."""
    line = (
        f"/usr/bin/conmon --api-version 1 -c {ID} -u {ID} -r /usr/bin/runc -b /b/userdata"
        f" -p /b/pidfile -n quick --exit-dir /run/libpod/exits -s -l k8s-file:/b/ctr.log"
    )

    assert named(line.split()) == (ID, "quick")


@given(st.lists(st.sampled_from(["-c", "-n", "--cid", "--name", ID, "x", "", "../y"]), max_size=9))
def test_any_line(arguments) -> None:
    """Never an exception, never a path, never an empty name."""
    told = named(arguments)

    assert told is None or ("/" not in told[0] and told[1])
