"""``proc.*`` says who did it, and who started whom."""

from pratique.model.observation import Forked
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import START, event, process

WHO = process(
    "/usr/bin/python3",
    100,
    "/bin/sh",
    "/usr/sbin/nginx",
    arguments=("-c", "print(1)"),
    environment=("PATH=/bin", "PATHS=x", "EMPTY="),
    directory="/srv",
    session=99,
    process_group=100,
    virtual_pid=7,
    tty=34816,
    cap_effective=1 << 21,
    upper_layer=True,
    inode=5,
    changed_ns=START - 10,
)
SEEN = event("fork", Forked(101), WHO, at_s=2, parent_pid=99, tid=105)


def test_the_process_itself() -> None:
    """Its names, line and arguments."""
    names = ("proc.name", "proc.exe", "proc.exepath", "proc.cmdline", "proc.args", "proc.exeline")

    assert read(SEEN, *names) == [
        "python3",
        "python3",
        "/usr/bin/python3",
        "python3 -c print(1)",
        "-c print(1)",
        "python3 -c print(1)",
    ]
    assert read(SEEN, "proc.args[1]", "proc.args[2]", "proc.args[x]") == ["print(1)", None, None]
    assert read(SEEN, "proc.cmdnargs", "proc.cmdlenargs", "proc.cwd") == [2, 10, "/srv"]


def test_one_variable_of_the_environment() -> None:
    """By its whole name; an empty one is there, another is not."""
    assert read(SEEN, "proc.env[PATH]", "proc.env[EMPTY]", "proc.env[PA]") == ["/bin", "", None]
    assert read(SEEN, "proc.env") == ["PATH=/bin PATHS=x EMPTY="]


def test_ancestors_are_asked_for_one_by_one_or_all() -> None:
    """Index 1 is the parent, 0 the process itself."""
    assert read(SEEN, "proc.pname", "proc.aname[1]", "proc.aname[2]") == ["sh", "sh", "nginx"]
    assert read(SEEN, "proc.aname[0]", "proc.aname[3]") == ["python3", None]
    assert read(SEEN, "proc.aname", "proc.aexepath") == [
        ("sh", "nginx"),
        ("/bin/sh", "/usr/sbin/nginx"),
    ]
    assert read(SEEN, "proc.apid[1]", "proc.ppid") == [99, 99]


def test_the_session_and_the_group() -> None:
    """Their leaders are among the ancestors, or the process itself."""
    assert read(SEEN, "proc.sid", "proc.sname", "proc.sid.exepath") == [99, "sh", "/bin/sh"]
    assert read(SEEN, "proc.is_sid_leader", "proc.is_pgid_leader") == [False, True]
    assert read(SEEN, "proc.pgid.name", "proc.loginshellid") == ["python3", 99]


def test_numbers_and_flags() -> None:
    """Of the process, its file and its task."""
    names = ("proc.pid", "proc.vpid", "proc.tty", "thread.tid", "thread.ismain", "proc.child_pid")

    assert read(SEEN, *names) == [100, 7, 34816, 105, False, 101]
    assert read(SEEN, "proc.is_exe_upper_layer", "proc.is_exe_from_memfd") == [True, False]
    assert read(SEEN, "thread.cap_effective", "proc.exe_ino") == ["CAP_SYS_ADMIN", 5]
    assert read(SEEN, "proc.duration", "proc.exe_ino.ctime_duration_proc_start") == [
        2_000_000_000,
        10,
    ]


def test_what_is_not_known_is_missing() -> None:
    """An orphan of before the sensor has neither parent nor path."""
    seen = event("fork", Forked(2), process("", 1, started_ns=0))

    assert read(seen, "proc.exepath", "proc.pname", "proc.aname", "proc.sname") == [None] * 4
    assert read(seen, "proc.duration", "proc.vpid", "proc.ppid") == [None] * 3
