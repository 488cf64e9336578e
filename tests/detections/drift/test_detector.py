"""What runs and was not in the image is told; what the image holds unchanged never is."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.drift.allowing import Allowance
from pratique.detections.drift.detector import Drift
from pratique.detections.telling import field
from pratique.model.alert import Alert, Priority
from pratique.model.event import Ancestor, Event
from pratique.model.observation import Executed, Mapped, Opened
from pratique.model.workload import BindMount
from tests.makers.happenings import WEB, acts, event, executed, process
from tests.makers.image_files import CURL, FILES, Files, Images

DIGESTS = {"/usr/bin/curl": "9" * 64, "/usr/bin/bash": "b" * 64, "/tmp/x": "b" * 64}


def drift(files: Files | None = Files(), **more: object) -> Drift:  # noqa: B008 - no state
    return Drift(Images(files), lambda _, path: DIGESTS.get(path, ""), **more)  # type: ignore[arg-type]


def rules(alerts: Sequence[Alert]) -> list[str]:
    return [alert.rule for alert in alerts]


@pytest.mark.parametrize("path", [path for path in FILES if "bin" in path])
def test_programs_of_the_image_are_silent(path: str) -> None:
    assert drift().see(executed(path)) == ()


def test_a_program_of_the_writable_layer_is_told() -> None:
    (alert,) = drift().see(executed("/opt/miner", "-o", "pool", upper_layer=True))
    assert alert.rule == "drifted-executable"
    assert alert.priority is Priority.CRITICAL
    assert alert.workload == WEB
    assert alert.process_path == "/opt/miner"
    assert alert.output == "container web: miner ran /opt/miner, which is not in the image"
    assert field(alert.fields, "container.image.repository") == "registry.example/shop/web"


def test_a_copy_of_a_program_of_the_image_is_named() -> None:
    (alert,) = drift().see(executed("/tmp/x", upper_layer=True))
    assert alert.output.endswith("it is a copy of /usr/bin/bash")


def test_a_file_of_the_image_that_was_changed_names_its_package() -> None:
    (alert,) = drift().see(executed("/usr/bin/curl", upper_layer=True))
    assert alert.rule == "modified-package-file"
    assert field(alert.fields, "pratique.package") == CURL
    assert field(alert.fields, "pratique.unknown") == ""


@pytest.mark.parametrize("root", ["/tmp", "/tmp/a"])
def test_a_changed_root_makes_no_program_the_images(root: str) -> None:
    """Whoever calls its own program /usr/bin/bash, below a root of its own, is told all the same."""
    seen = executed("/usr/bin/bash", upper_layer=True)
    act = replace(seen.observation.act, root=root)
    (alert,) = drift().see(replace(seen, observation=replace(seen.observation, act=act)))

    assert alert.rule == "drifted-executable"
    assert f"{root}/usr/bin/bash" in alert.output


def test_a_library_below_a_changed_root_is_told() -> None:
    """A mapping knows its root as well."""
    mapped = Mapped("/usr/bin/bash", 1, 1, True, root="/tmp")
    (alert,) = drift().see(event("mmap_exec", mapped))

    assert "/tmp/usr/bin/bash" in alert.output


def test_a_container_without_a_turned_root_is_at_home_there() -> None:
    """Where a runtime only changes the root, that root is the container's own."""
    at_home = replace(WEB, merged="/storage/merged")
    seen = executed("/usr/bin/bash", upper_layer=True)
    act = replace(seen.observation.act, root=at_home.merged)
    told = replace(seen, observation=replace(seen.observation, act=act), workload=at_home)

    assert drift().see(told) == ()


def test_a_copy_up_that_changed_nothing_is_silent() -> None:
    """A chmod copies the file up; its bytes are the image's."""
    assert drift().see(executed("/usr/bin/bash", upper_layer=True)) == ()


@pytest.mark.parametrize(
    ("path", "doubt"),
    [
        ("/usr/bin/python3.11", "could not be read"),
        ("/app/unmeasured", "was not measured"),
    ],
)
def test_what_could_not_be_compared_is_told_with_its_doubt(path: str, doubt: str) -> None:
    (alert,) = drift().see(executed(path, upper_layer=True))
    assert alert.rule == "modified-package-file"
    assert alert.priority is Priority.ERROR
    assert doubt in field(alert.fields, "pratique.unknown")
    assert doubt in alert.output


def test_an_unknown_image_is_a_doubt_and_no_silence() -> None:
    (alert,) = drift(None).see(executed("/opt/miner", upper_layer=True))
    assert alert.priority is Priority.ERROR
    assert "not in the store" in alert.output
    assert drift(None).see(executed("/opt/miner")) == ()


def test_an_answer_that_comes_later_is_told_when_it_comes() -> None:
    seen = Drift(Images(Files()), lambda *_: None)
    (first,) = seen.see(executed("/usr/bin/curl", upper_layer=True))
    (second,) = seen.measured(WEB.id, "/usr/bin/curl", "9" * 64)

    assert "not compared yet" in first.output
    assert second.priority is Priority.CRITICAL
    assert seen.measured(WEB.id, "/usr/bin/curl", "9" * 64) == ()


def test_a_later_answer_that_nothing_changed_is_silent() -> None:
    seen = Drift(Images(Files()), lambda *_: None)
    seen.see(executed("/usr/bin/curl", upper_layer=True))
    assert seen.measured(WEB.id, "/usr/bin/curl", "e" * 64) == ()


def test_a_program_in_memory_is_told_on_the_node_too() -> None:
    (here,) = drift().see(executed("memfd:x", memfd=True))
    (there,) = drift().see(executed("/memfd:x", memfd=True, workload=None))
    assert {here.rule, there.rule} == {"fileless-execution"}
    assert "the node: " in there.output


def test_the_engines_own_copy_in_memory_is_silent_only_from_outside() -> None:
    path = "memfd:runc_cloned:/proc/self/exe"
    own = executed(path, memfd=True)
    outer = replace(own.process, ancestors=(Ancestor(1, "conmon", in_container=False),))

    assert drift().see(replace(own, process=outer)) == ()
    assert rules(drift().see(own)) == ["fileless-execution"]


def test_a_program_from_a_mount_is_worth_a_notice() -> None:
    tools = replace(WEB, mounts=(BindMount("/srv/tools", "/tools"),))
    (alert,) = drift().see(executed("/tools/agent", workload=tools))
    assert (alert.rule, alert.priority) == ("executable-from-mount", Priority.NOTICE)
    assert drift().see(executed("/dev/init")) == ()
    (unknown,) = drift().see(executed("/tools/agent"))
    assert (unknown.rule, unknown.priority) == ("executable-from-mount", Priority.ERROR)
    (shared,) = drift(None).see(executed("/dev/shm/x"))
    assert shared.priority is Priority.ERROR
    assert drift(Files(complete=False)).see(executed("/tools/agent")) == ()


def test_where_a_compiler_writes_its_code_is_no_library() -> None:
    """Shared memory is mapped twice, to write and to run; what a loader maps is private."""
    seen = drift()
    runtime = process("/usr/lib/erlang/erts/bin/beam.smp")
    written = event("mmap_exec", Mapped("memfd:vmem", memfd=True, shared=True), runtime)
    loaded = event("mmap_exec", Mapped("memfd:x", memfd=True), process("/usr/bin/python3.11"))

    assert seen.see(written) == ()
    assert rules(seen.see(loaded)) == ["fileless-execution"]


def test_libraries_count() -> None:
    seen = drift()
    fine = event("mmap_exec", Mapped("/usr/lib/libcurl.so.4"), process("/usr/bin/curl"))
    evil = event("mmap_exec", Mapped("/tmp/evil.so", upper_layer=True), process("/usr/bin/curl"))
    first = process("/usr/bin/curl", 7, environment=("LD_PRELOAD=/tmp/evil.so",))

    assert seen.see(fine) == ()
    assert rules(seen.see(evil)) == ["drifted-library"]
    assert rules(seen.see(replace(evil, process=first))) == ["preloaded-library"]


def opened(who: str, path: str, *arguments: str, upper: bool = True, **more: object) -> Event:
    reader = process(who, 55, arguments=arguments, **more)
    return event("openat", Opened(path, upper_layer=upper, given=path), reader)


@pytest.mark.parametrize(
    "seen",
    [
        opened("/usr/bin/bash", "/tmp/x", "/tmp/x"),
        opened("/usr/bin/bash", "/tmp/x", "-x", "/tmp/x"),
        opened("/usr/bin/dash", "/srv/x", "x", script="x"),
        opened("/usr/bin/python3.11", "/srv/plugin.py", "/usr/bin/app"),
        opened("/usr/bin/worker", "/srv/plugin.py"),  # python of the image by another name
        opened("/bin/busybox", "/tmp/x", "/tmp/x", executable="sh"),
        opened("/bin/busybox", "/tmp/x", "sh", "/tmp/x", executable="busybox"),
    ],
    ids=lambda seen: seen.process.command_line,
)
def test_a_script_that_an_interpreter_opens_is_told(seen: Event) -> None:
    (alert,) = drift().see(seen)
    assert alert.rule == "drifted-script"


@pytest.mark.parametrize(
    "seen",
    [
        opened("/usr/bin/bash", "/app/run.sh", "/app/run.sh", upper=False),
        opened("/usr/bin/bash", "/tmp/data.txt", "/app/run.sh"),
        opened("/usr/bin/curl", "/tmp/x.py", "/tmp/x.py"),
        opened("/bin/busybox", "/tmp/x", "cat", "/tmp/x", executable="busybox"),
        opened("/bin/busybox", "/tmp/x", "/tmp/x", executable="cat"),
        event("openat", Opened("/tmp/x.sh", flags=1, upper_layer=True), process("/bin/sh")),
        event("openat", Opened("/tmp/x.sh", upper_layer=True), process("/bin/sh"), result=-2),
    ],
    ids=lambda seen: seen.process.command_line + str(seen.observation.act.flags),
)
def test_other_opens_are_silent(seen: Event) -> None:
    assert drift().see(seen) == ()


def test_what_the_dynamic_loader_is_handed_is_a_program() -> None:
    seen = opened("/usr/lib64/ld-linux-x86-64.so.2", "/tmp/x", "/tmp/x", "-a")
    (alert,) = drift().see(seen)
    assert alert.rule == "drifted-executable"


def test_an_interpreter_is_known_by_its_inode_under_another_name() -> None:
    seen = drift()
    seen.see(opened("/usr/bin/bash", "/tmp/y", "/tmp/y", inode=9, device=1, upper=True))
    assert rules(seen.see(opened("/var/z", "/tmp/x", "/tmp/x", inode=9, device=1))) == [
        "drifted-script"
    ]


def test_code_on_the_command_line_is_told_of_all_but_shells() -> None:
    python = executed("/usr/bin/python3.11", "-c", "import os")
    assert rules(drift().see(python)) == ["inline-code"]
    assert drift().see(executed("/usr/bin/bash", "-c", "true")) == ()


def test_one_use_is_told_once() -> None:
    seen, one = drift(), opened("/usr/bin/bash", "/tmp/x", "/tmp/x")
    assert (len(seen.see(one)), len(seen.see(one))) == (1, 0)


def test_allowances_and_baselines_silence() -> None:
    one = executed("/opt/tool", upper_layer=True)
    allowance = Allowance(reason="plugins", paths=("/opt/*",), workloads=("web",))
    builder = replace(WEB, name="shop-working-container")

    allowing = drift(allowed=(allowance,))
    assert allowing.see(one) == ()
    assert allowing.allowed_count == 1
    assert drift(learnt=lambda _, path: path == "/opt/tool").see(one) == ()
    assert drift().see(executed("/opt/tool", upper_layer=True, workload=builder)) == ()


def test_a_failed_execution_is_no_drift() -> None:
    assert drift().see(event("execve", Executed("/x", upper_layer=True), result=-13)) == ()


@given(st.lists(acts, max_size=10))
def test_any_act_is_judged_without_a_failure(seen: list[object]) -> None:
    detector = drift()
    for act in seen:
        for alert in detector.see(event("x", act)):  # type: ignore[arg-type]
            assert alert.rule


def test_the_interest_names_what_is_seen() -> None:
    wanted = drift().interest()
    assert {"execve", "mmap_exec", "openat"} <= wanted.types
    assert wanted.upper_layer_reads
