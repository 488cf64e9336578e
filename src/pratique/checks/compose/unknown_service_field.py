"""Find fields of services that Compose does not know."""

from collections.abc import Iterable
from difflib import get_close_matches

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, Service, service
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unknown-service-field"
TITLE = "a service has a field that Compose does not know"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A field of the service is no field of the Compose Specification: Compose refuses the file, and "
        "other readers pass over it, so a restriction with a slip of the pen (read-only, cap-drop, "
        "secuirty_opt) does not hold. Correct the name; what is yours begins with x-."
    )
}
BAD = (service("read-only: true"), service("port: ['80:80']"), service("env: {A: 1}"))
GOOD = (service("read_only: true", "x-ours: 1", "ports: ['80:80']"), service("mem_reservation: 1m"))
FIXED = ((service("read-only: true # sure"), service("read_only: true # sure")),)
KNOWN = frozenset(
    [
        "annotations",
        "attach",
        "blkio_config",
        "build",
        "cap_add",
        "cap_drop",
        "cgroup",
        "cgroup_parent",
        "command",
        "configs",
        "container_name",
        "cpu_count",
        "cpu_percent",
        "cpu_period",
        "cpu_quota",
        "cpu_rt_period",
        "cpu_rt_runtime",
        "cpu_shares",
        "cpus",
        "cpuset",
        "credential_spec",
        "depends_on",
        "deploy",
        "develop",
        "device_cgroup_rules",
        "devices",
        "dns",
        "dns_opt",
        "dns_search",
        "domainname",
        "driver_opts",
        "entrypoint",
        "env_file",
        "environment",
        "expose",
        "extends",
        "external_links",
        "extra_hosts",
        "gpus",
        "group_add",
        "healthcheck",
        "hostname",
        "image",
        "init",
        "ipc",
        "isolation",
        "label_file",
        "labels",
        "links",
        "logging",
        "mac_address",
        "mem_limit",
        "mem_reservation",
        "mem_swappiness",
        "memswap_limit",
        "models",
        "network_mode",
        "networks",
        "oom_kill_disable",
        "oom_score_adj",
        "pid",
        "pids_limit",
        "platform",
        "ports",
        "post_start",
        "pre_stop",
        "privileged",
        "profiles",
        "provider",
        "pull_policy",
        "read_only",
        "restart",
        "runtime",
        "scale",
        "secrets",
        "security_opt",
        "shm_size",
        "stdin_open",
        "stop_grace_period",
        "stop_signal",
        "storage_opt",
        "sysctls",
        "tmpfs",
        "tty",
        "ulimits",
        "use_api_socket",
        "user",
        "userns_mode",
        "uts",
        "volume_driver",
        "volumes",
        "volumes_from",
        "working_dir",
        "net",
        "log_driver",
        "log_opt",
        "dockerfile",
    ]
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each field, with the one that was probably meant."""
    for one in scene.services:
        for name in one.value.fields:
            if name in KNOWN or name.startswith("x-") or name == "<<":
                continue
            near = get_close_matches(name.replace("-", "_")[:40], sorted(KNOWN), 1, 0.75)
            meant = f", perhaps {near[0]} is meant" if near else ""
            yield scene.told_field(
                one,
                name,
                f"{name[:60]} is not known to Compose{meant}",
                key=name[:60],
                edits=_renamed(one, name),
                fix=FixClass.VERIFIED,
                remedy="write an underscore",
            )


def _renamed(one: Service, name: str) -> tuple[Edit, ...]:
    """Return the edit that writes underscores for dashes, where that makes a field that is not there."""
    right = name.replace("-", "_")
    key = one.value.keys.get(name)
    if right not in KNOWN or right in one.value.fields or key is None or not key.plain:
        return ()
    return (Edit(one.get(name).file, key.start, key.end, right.encode()),)
