"""Make baselines, as a learner would."""

from hypothesis import strategies as st

from pratique.detections.baseline.generalising import path_pattern
from pratique.model.baseline import (
    Baseline,
    Destination,
    Listening,
    Mode,
    ProcessSeen,
    Run,
)
from tests.makers.happenings import DIGEST, SECOND, START

SETTLED = (
    Run(id="a", first_ns=START, last_ns=START + 900 * SECOND, newest_ns=START, events=900),
    Run(id="b", first_ns=START, last_ns=START + 900 * SECOND, newest_ns=START, events=900),
)

WEB_BASELINE = Baseline(
    digest=DIGEST,
    workload="web",
    image="registry.example/shop/web:1.4",
    mode=Mode.DETECT,
    runs=SETTLED,
    processes=(
        ProcessSeen("/bin/sh", "", "-c nginx"),
        ProcessSeen("/usr/sbin/nginx", "/bin/sh", "-g *"),
    ),
    writes=("/run/nginx.pid", "/var/cache/nginx/**", "/var/log/nginx/access.log"),
    libraries=("/usr/lib/libpcre.so.3", "/usr/lib/libssl.so.3"),
    destinations=(
        Destination("10.1.0.0/16", 8080),
        Destination("db.example.org", 5432),
        Destination("unix:/run/db.sock", 0, "unix"),
    ),
    listens=(Listening(80), Listening(443)),
    names=("db.example.org",),
    capabilities=("CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"),
    syscalls=(
        *("accept4", "bind", "brk", "clone", "close", "connect", "epoll_wait", "execve"),
        *("exit_group", "listen", "mmap", "openat", "read", "setgid", "setuid", "socket", "write"),
    ),
    syscalls_whole=True,
)

_word = st.text("abc1*. é", min_size=1, max_size=6)
_paths = st.lists(_word, min_size=1, max_size=3).map(
    lambda parts: path_pattern("/" + "/".join(parts))
)
_sets = st.lists(_paths, max_size=20).map(tuple)
baselines = st.builds(
    Baseline,
    digest=st.sampled_from(["sha256:a", "sha256:b"]),
    workload=st.just("web"),
    mode=st.sampled_from(Mode),
    runs=st.lists(
        st.builds(
            Run,
            id=st.sampled_from("abc"),
            first_ns=st.integers(0, 9),
            last_ns=st.integers(9, 19),
            newest_ns=st.integers(0, 19),
            events=st.integers(0, 99),
        ),
        max_size=4,
    ).map(tuple),
    processes=st.lists(
        st.builds(ProcessSeen, st.sampled_from(["/a", "/b"]), st.sampled_from(["", "/a"]), _word),
        max_size=30,
    ).map(tuple),
    writes=_sets,
    libraries=_sets,
    destinations=st.lists(
        st.builds(
            Destination,
            st.sampled_from(["db.example.org", "::1", *(f"10.0.0.{at}" for at in range(12))]),
            st.sampled_from([80, 443]),
        ),
        max_size=15,
    ).map(tuple),
    listens=st.lists(st.builds(Listening, st.integers(0, 3)), max_size=3).map(tuple),
    names=_sets,
    capabilities=st.lists(st.sampled_from(["CHOWN", "KILL"]), max_size=3).map(tuple),
    syscalls=_sets,
    syscalls_whole=st.booleans(),
    full=st.lists(st.sampled_from(["writes", "names"]), max_size=2).map(tuple),
)
"""Any baseline of one workload."""
