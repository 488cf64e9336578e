"""
Write a Kubernetes NetworkPolicy: the ports that it serves, and where it connects to.

A NetworkPolicy knows addresses, not names: for a destination by name its port is opened to every
address, and the note says so; a policy that knows names (Cilium's ``toFQDNs``) can be narrower.
Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from collections.abc import Iterable
from ipaddress import ip_network

from pratique.detections.baseline.facts import Fact
from pratique.detections.baseline.knowing import Known
from pratique.detections.baseline.naming import one_line, safe_name
from pratique.detections.baseline.profiles._quoting import quoted
from pratique.detections.baseline.profiles.interface import Profile
from pratique.model.baseline import Baseline, Destination, Listening

NAME = "network-policy"
TITLE = "a Kubernetes NetworkPolicy"
SUFFIX = ".networkpolicy.yaml"

_DNS = 53


def write(baseline: Baseline) -> Profile:
    """Return the policy; it selects pods by ``app.kubernetes.io/name``."""
    parts = baseline.workload.split("/")
    app = parts[1] if len(parts) > 2 else parts[-1]
    lines = [
        "apiVersion: networking.k8s.io/v1",
        "kind: NetworkPolicy",
        "metadata:",
        f"  name: {safe_name(baseline.workload)}",
    ]
    if len(parts) > 2:
        lines.append(f"  namespace: {quoted(parts[0])}")
    lines += [
        "spec:",
        "  podSelector:",
        f"    matchLabels: {{app.kubernetes.io/name: {quoted(app)}}}",
        "  policyTypes: [Ingress, Egress]",
        *_ingress(baseline.listens),
        *_egress(_remote(baseline)),
    ]
    named = sorted({one.to for one in _remote(baseline) if not _block(one.to)})
    notes = [
        "pods are selected by the label app.kubernetes.io/name: change it where yours differ",
        *(f"{one_line(one)} is a name: its port is open to every address" for one in named),
    ]
    if any(not one.port for one in baseline.listens):
        notes.append("it listens on ports that the kernel chose: they are not opened")
    return Profile(name=NAME, text="\n".join(lines) + "\n", notes=tuple(notes))


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why a connection would be refused."""
    value = fact.value
    if isinstance(value, Destination) and value.protocol != "unix":
        if _is_local(value.to) or Known(baseline).outside(fact) is None:
            return ""
        opened = {(one.port, one.protocol) for one in _remote(baseline) if not _block(one.to)}
        if (value.port, value.protocol) in opened or value.port == _DNS:
            return ""
        return f"{value.to}:{value.port}/{value.protocol} is not opened"
    if isinstance(value, Listening) and value.port and value not in baseline.listens:
        return f"nobody may connect to {value.port}/{value.protocol}"
    return ""


def _remote(baseline: Baseline) -> list[Destination]:
    """Return what a policy is about: neither sockets of the file system nor the pod itself."""
    return [
        one for one in baseline.destinations if one.protocol != "unix" and not _is_local(one.to)
    ]


def _is_local(to: str) -> bool:
    return to == "::1" or to.startswith("127.") or to == "localhost"


def _ingress(listens: Iterable[Listening]) -> list[str]:
    ports = [one for one in listens if one.port]
    if not ports:
        return ["  ingress: []"]
    return ["  ingress:", "    - ports:", *(_port(one.port, one.protocol, 8) for one in ports)]


def _egress(destinations: list[Destination]) -> list[str]:
    lines = [
        "  egress:",
        "    - ports:  # names are asked for",
        *(_port(_DNS, one, 8) for one in ("tcp", "udp")),
    ]
    groups: dict[str, list[Destination]] = {}
    for one in destinations:
        groups.setdefault(_block(one.to), []).append(one)
    for block, members in sorted(groups.items()):
        ports = sorted({(one.port, one.protocol) for one in members})
        lines.append("    - ports:")
        lines += [_port(port, protocol, 8) for port, protocol in ports]
        if block:
            lines += ["      to:", f"        - ipBlock: {{cidr: {quoted(block)}}}"]
    return lines


def _port(port: int, protocol: str, indent: int) -> str:
    number = f"port: {port}, " if port else ""
    return " " * indent + f"- {{{number}protocol: {protocol.upper()}}}"


def _block(to: str) -> str:
    """Return the address block of a destination, empty for a name."""
    try:
        return str(ip_network(to, strict=False))
    except ValueError:
        return ""
