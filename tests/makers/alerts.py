"""Make alerts and incidents: a few as they come, and any that a hostile program could cause."""

from hypothesis import strategies as st

from pratique.model.alert import Alert, Detector, Incident, Priority
from pratique.model.event import Ancestor
from pratique.model.workload import BindMount, ImageFacts, PodFacts, Workload

NOW_NS = 1_800_000_000_123_456_789
DIGEST = "sha256:" + "ab" * 32
CONTAINER = "c0ffee" + "0" * 58

WORKLOAD = Workload(
    id=CONTAINER,
    engine="podman",
    name="web",
    image="registry.example/shop/web:1.2",
    digest=DIGEST,
    pod="web-0",
    namespace="shop",
    pod_uid="11111111-2222-3333-4444-555555555555",
    labels=(("app", "web"),),
    mounts=(BindMount("/srv", "/srv"),),
    facts=ImageFacts(
        digest=DIGEST, verdict="deny", judged_ns=NOW_NS - 10**15, flaws=(("critical", 2),)
    ),
    pod_facts=PodFacts(
        labels=(("tier", "front"),),
        address="10.0.0.7",
        owner_kind="StatefulSet",
        owner="web",
        service_account="shopper",
    ),
)


def alert(**changed):
    """Return an alert with everything in it, or with something else."""
    facts = {
        "rule": "Terminal shell in container",
        "priority": Priority.NOTICE,
        "time_ns": NOW_NS,
        "output": "A shell was spawned (user=root shell=sh parent=runc)",
        "tags": ("container", "shell", "mitre_execution", "T1059.004"),
        "fields": (
            ("container.id", CONTAINER[:12]),
            ("proc.pid", "4711"),
            ("proc.tty", "34816"),
            ("user.loginuid", "-1"),
            ("proc.name", "sh"),
            ("fd.name", "<NA>"),
            ("proc.is_exe_upper_layer", "true"),
        ),
        "workload": WORKLOAD,
        "node": "worker-1",
        "pid": 4711,
        "process_name": "sh",
        "process_path": "/bin/sh",
        "command_line": "sh -c id",
        "ancestors": (Ancestor(4700, "runc", "/usr/bin/runc", "runc exec"), Ancestor(1, "init")),
        "event_type": "execve",
        "sequence": 99,
        "process_started_ns": NOW_NS - 5_000_000,
    }
    return Alert(**(facts | changed))


def incident(*story, **changed):
    """Return an incident of two alerts, or of those given."""
    alerts = story or (
        alert(),
        alert(
            rule="Drifted executable",
            priority=Priority.CRITICAL,
            time_ns=NOW_NS + 10**9,
            output="/tmp/x is not in the image",
            detector=Detector.DRIFT,
            remote_address="203.0.113.7",
            remote_port=443,
        ),
    )
    facts = {
        "id": "8c2b7f0e-0000-5000-8000-000000000001",
        "rule": "shell-then-drift",
        "title": "A shell brought a program that the image does not have",
        "priority": Priority.CRITICAL,
        "first_ns": alerts[0].time_ns,
        "last_ns": alerts[-1].time_ns,
        "story": alerts,
        "tags": ("T1611", "mitre_execution"),
        "workload": WORKLOAD,
        "node": "worker-1",
    }
    return Incident(**(facts | changed))


HOSTILE = (
    "\r\n<13>1 x",
    "\x1b]0;own\x07",
    '"]\\',
    "|=\\",
    "\u2028\u202e",
    "\x85",
    "\ud800",
    "::error::x",
)
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(categories=("Cc", "Cs", "Cf", "Zl", "Lu")), max_size=20),
)
numbers = st.integers(min_value=-(1 << 70), max_value=1 << 70)
pairs = st.lists(st.tuples(texts, texts), max_size=4).map(tuple)
workloads = st.builds(
    Workload,
    id=texts,
    engine=texts,
    name=texts,
    image=texts,
    digest=texts,
    pod=texts,
    namespace=texts,
    pod_uid=texts,
    labels=pairs,
    facts=st.none()
    | st.builds(ImageFacts, digest=texts, verdict=texts, judged_ns=numbers, flaws=st.just(())),
)
ancestors = st.builds(Ancestor, pid=numbers, name=texts, path=texts, command_line=texts)
alerts = st.builds(
    Alert,
    rule=texts,
    priority=st.sampled_from(Priority),
    time_ns=numbers,
    output=texts,
    detector=st.sampled_from(Detector),
    source=texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    fields=pairs,
    workload=st.none() | workloads,
    node=texts,
    pid=numbers,
    process_name=texts,
    process_path=texts,
    command_line=texts,
    ancestors=st.lists(ancestors, max_size=2).map(tuple),
    event_type=texts,
    sequence=numbers,
    count=numbers,
    last_ns=numbers,
    process_started_ns=numbers,
    remote_address=texts,
    remote_port=numbers,
)
incidents = st.builds(
    Incident,
    id=texts,
    rule=texts,
    title=texts,
    priority=st.sampled_from(Priority),
    first_ns=numbers,
    last_ns=numbers,
    story=st.lists(alerts, max_size=3).map(tuple),
    tags=st.lists(texts, max_size=2).map(tuple),
    workload=st.none() | workloads,
    node=texts,
    dropped=st.integers(0, 1 << 40),
)
anything = alerts | incidents
"""Any alert or incident whatever a hostile program put into its texts and numbers."""
