"""What is shipped to run the agent asks for the same few rights everywhere, and passes our own lint."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest
import yaml
from click.testing import CliRunner

from pratique.cli.lint import command as lint
from tests.house.tree import ROOT

AGENT = ROOT / "examples/agent"
UNIT = ROOT / "examples/systemd/pratique-watch.service"
DAEMON_SET = ROOT / "examples/kubernetes/watch-daemonset.yaml"
RIGHTS = {"BPF", "PERFMON", "NET_ADMIN", "SYS_PTRACE", "DAC_READ_SEARCH"}
"""tests/e2e/test_watch_rights.py watches with these alone."""


@pytest.mark.parametrize("place", [AGENT, DAEMON_SET.parent])
def test_our_lint_passes(place: object) -> None:
    """Nothing is found but what a sensor cannot do without, and each of those has its reason."""
    done = CliRunner().invoke(lint, [str(place), "--fail-on", "negligible"], standalone_mode=False)

    assert done.return_value == 0, done.output
    assert "0 findings" in done.output
    assert all(
        "#" in line.split("ignore=")[1]
        for line in DAEMON_SET.read_text().splitlines()
        if "ignore=" in line
    )


def test_everybody_asks_for_the_same_rights() -> None:
    """The unit and the DaemonSet name the same capabilities, and no others are left to either."""
    kept = re.findall(r"^(?:Ambient|)Capabilit\w+=(.*)$", UNIT.read_text(), re.MULTILINE)

    assert [{one.removeprefix("CAP_") for one in line.split()} for line in kept] == [RIGHTS] * 2
    assert _container()["securityContext"]["capabilities"] == {
        "drop": ["ALL"],
        "add": ["BPF", "PERFMON", "NET_ADMIN", "SYS_PTRACE", "DAC_READ_SEARCH"],
    }


def test_the_manifest_starts_what_the_image_holds() -> None:
    """Its arguments are options of the command; nothing runs privileged or on a writable root."""
    container = _container()
    context = container["securityContext"]

    assert container["args"][0] == "watch"
    assert not context["privileged"]
    assert not context["allowPrivilegeEscalation"]
    assert context["readOnlyRootFilesystem"]


def test_the_profile_lets_through_what_is_needed_and_no_way_out() -> None:
    """What only root may do is refused, but for the two calls that a watch makes."""
    profile = json.loads((AGENT / "seccomp.json").read_text())
    (rule,) = profile["syscalls"]
    names = set(rule["names"])

    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert {"bpf", "open_by_handle_at", "openat2"} <= names
    assert not names & {"mount", "setns", "unshare", "ptrace", "init_module", "finit_module"}
    assert not names & {
        "kexec_load",
        "pivot_root",
        "chroot",
        "keyctl",
        "userfaultfd",
        "io_uring_setup",
    }


def test_systemd_finds_the_unit_sound(need: Callable[[str], str]) -> None:
    """Its directives are known, and its exposure is what systemd calls OK."""
    asked = [need("systemd-analyze"), "security", "--offline=true", "--threshold=30", str(UNIT)]

    done = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-200:] + done.stderr
    assert "Unknown" not in done.stderr


def _container() -> dict[str, object]:
    documents = list(yaml.safe_load_all(DAEMON_SET.read_text()))
    (found,) = [one for one in documents if one["kind"] == "DaemonSet"]
    (container,) = found["spec"]["template"]["spec"]["containers"]
    return container
