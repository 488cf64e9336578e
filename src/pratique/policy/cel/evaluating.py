"""
Evaluate the rules of a policy file over a case, apart from this process.

Laws:
1. Only a value of type BOOL that is True fires a rule. An error is a value of its own kind in cel-cpp, and
   Python takes it for true: here it is a doubt, which makes the verdict undecided.
2. Each rule runs in a process of its own with bounded memory and CPU time (``kit.sandbox``): a few
   bytes of CEL can ask for gigabytes, which nothing inside cel-cpp bounds. However it ends, the
   other rules stand, and its own is a doubt.
Bounds: ``MEMORY_BYTES``, ``SECONDS`` for one rule over everything, ``MAX_ANSWER_BYTES``.
"""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.model.finding import Finding
from pratique.model.unknown import Unknown
from pratique.model.verdict import Reason
from pratique.policy.case import Case
from pratique.policy.cel.compiling import compile_expression
from pratique.policy.cel.facts import (
    Facts,
    data_facts,
    finding_facts,
    image_facts,
    package_facts,
    unknown_facts,
)
from pratique.policy.deciding import failed, reason_of
from pratique.policy.policy import Policy, UserRule
from pratique.policy.wording import listed, name_finding

if TYPE_CHECKING:
    from cel_expr_python.cel import Expression as Compiled

MEMORY_BYTES = 256 << 20
SECONDS = 5.0
MAX_ANSWER_BYTES = 8 << 20
_MAX_MESSAGE = 1000


class Answered(Struct, frozen=True, array_like=True):
    """What a rule came to on one thing: the thing's position, and either a message or a problem."""

    at: int
    message: str = ""
    problem: str = ""


class _Thing(Struct, frozen=True, kw_only=True):
    """One thing that a rule looks at."""

    facts: dict[str, object]
    finding: Finding | None = None
    package: str = ""
    unknown: Unknown | None = None
    name: str = ""


def evaluate(case: Case, policy: Policy) -> Iterator[Reason]:
    """Yield the reasons that the policy's own rules give."""
    things: dict[str, list[_Thing]] = {}
    for rule in policy.rules:
        if rule.match not in things:
            things[rule.match] = list(_things(rule.match, case))
        yield from _judge(rule, things[rule.match], case)


def _judge(rule: UserRule, things: Sequence[_Thing], case: Case) -> Iterator[Reason]:
    answers, problem = apart(lambda: answers_of(rule, [one.facts for one in things]))
    fired = [one for one in answers if not one.problem]
    if fired:
        yield _reason(rule, fired, things, case)
    wrong = [one for one in answers if one.problem]
    if wrong or problem:
        said = problem or _told(wrong, things)
        fix = "mend the expression; ask for what may be absent with has() or .?field"
        unknowns = tuple(
            one for one in (things[answer.at].unknown for answer in wrong) if one is not None
        )
        yield failed(rule.id, f"its expression could not be evaluated: {said}", fix, unknowns)


def _reason(
    rule: UserRule, fired: Sequence[Answered], things: Sequence[_Thing], case: Case
) -> Reason:
    met = [things[one.at] for one in fired]
    findings = [one.finding for one in met if one.finding is not None]
    words = list(dict.fromkeys(one.message or rule.message for one in fired))
    names = list(dict.fromkeys(one.name for one in met if one.name))
    message = listed(words)
    if names and rule.message_expression is None:
        message = f"{message}: {listed(names)}"
    reason = reason_of(rule.id, rule.mode, message, case, findings=findings, fix=rule.fix)
    packages = tuple(dict.fromkeys(one.package for one in met if one.package))
    unknowns = tuple(one.unknown for one in met if one.unknown is not None)
    severity = max(reason.severity, rule.severity, key=lambda one: one.rank)
    return replace(reason, packages=packages, unknowns=unknowns, severity=severity)


def _told(wrong: Sequence[Answered], things: Sequence[_Thing]) -> str:
    first = wrong[0]
    where = f" on {things[first.at].name}" if things[first.at].name else ""
    more = f", and on {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return f"{first.problem}{where}{more}"


def answers_of(rule: UserRule, things: Sequence[dict[str, object]]) -> Iterator[Answered]:
    """
    Yield what a rule came to on each thing where it fired or failed; silence is a "no".
    """
    expression = compile_expression(rule.expression, rule.match)
    worded = rule.message_expression
    message = compile_expression(worded, rule.match, "STRING") if worded else None
    for at, facts in enumerate(things):
        fires, problem = _truth(expression, facts)
        if problem:
            yield Answered(at, problem=problem)
        elif fires:
            yield Answered(at, message=_message(message, facts) if message else "")


def _truth(expression: "Compiled", facts: dict[str, object]) -> tuple[bool, str]:
    """Return whether an expression is true, or why nobody knows."""
    from cel_expr_python.cel import Type

    try:
        value = expression.eval(data=facts)
    except MemoryError:
        raise
    except (RuntimeError, TypeError, ValueError) as error:
        return False, str(error).splitlines()[0][:200] if str(error) else "it failed"
    kind = value.type()
    if kind == Type.ERROR:
        return False, str(value.plain_value())[:200]
    if kind != Type.BOOL:
        return False, f"it came to {kind.name().lower()}, not to true or false"
    return value.plain_value() is True, ""


def _message(expression: "Compiled", facts: dict[str, object]) -> str:
    """Return a rule's own words, empty where they cannot be made."""
    from cel_expr_python.cel import Type

    try:
        value = expression.eval(data=facts)
    except (RuntimeError, TypeError, ValueError):
        return ""
    if value.type() != Type.STRING:
        return ""
    return " ".join(str(value.plain_value())[:_MAX_MESSAGE].split())


def apart(work: Callable[[], Iterator[Answered]]) -> tuple[list[Answered], str]:
    """
    Run some work in a process of its own; return its answers, and why they are not all, or nothing.

    Where processes cannot be forked it runs in this one.
    """
    if not hasattr(os, "fork"):
        return list(work()), ""
    from pratique.kit.sandbox import Job, run_isolated

    said = bytearray()

    def receive(piece: bytes) -> None:
        said.extend(piece)
        if len(said) > MAX_ANSWER_BYTES:
            raise FormatError("its answer is too long")

    job = Job(
        io.BytesIO(),
        lambda source: None,
        lambda source, send: send(msgspec.msgpack.encode(list(work()))),
        receive,
    )
    limits = replace(
        DEFAULT,
        worker_memory_bytes=MEMORY_BYTES,
        layer_seconds=SECONDS,
        silent_seconds=4 * SECONDS,
    )
    (ended,) = run_isolated(iter([job]), 1, limits)
    if ended.problem:
        what = "memory" if ended.starved else "time, or its process died"
        return [], f"it took too much {what}"
    try:
        return msgspec.msgpack.decode(bytes(said), type=list[Answered]), ""
    except msgspec.MsgspecError:
        return [], "its process answered nonsense"


def _things(match: str, case: Case) -> Iterator[_Thing]:
    around: dict[str, object] = {
        "image": image_facts(case),
        "data": data_facts(tuple(case.needed_data()), case),
        "now": case.now.astimezone(UTC),
    }
    subject = case.subject
    if match == "package":
        for package in subject.packages:
            facts = {**around, "pkg": package_facts(package)}
            name = f"{package.name} {package.version}"
            yield _Thing(facts=facts, package=package.key, name=name)
    elif match == "finding":
        yield from _finding_things(case, around)
    elif match == "unknown":
        for unknown in subject.unknowns:
            facts = {**around, "unknown": unknown_facts(unknown)}
            yield _Thing(facts=facts, unknown=unknown, name=unknown.location)
    else:
        yield _Thing(
            facts={
                **around,
                "packages": [package_facts(one) for one in subject.packages],
                "findings": [finding_facts(one, case) for one in case.findings],
                "unknowns": [unknown_facts(one) for one in subject.unknowns],
            }
        )


def _finding_things(case: Case, around: dict[str, object]) -> Iterator[_Thing]:
    for finding in case.findings:
        package = case.package_of(finding)
        known: Facts = package_facts(package) if package is not None else {}
        facts = {**around, "finding": finding_facts(finding, case), "pkg": known}
        yield _Thing(
            facts=facts, finding=finding, package=finding.package, name=name_finding(finding)
        )
