"""Say in plain words what a plan does."""

from collections.abc import Iterator

from pratique.responses.plan import Exemption, Match, Plan, Planned

_WORDS = {
    "rule": "its rule is {}",
    "tag": "it has the tag {}",
    "detector": "{} raised it",
    "priority": "it is {} or graver",
    "container": "its container is {}",
    "image": "its image is {}",
    "namespace": "its namespace is {}",
    "pod": "its pod is {}",
    "label": "its container has the label {}",
    "verdict": "the verdict on its image is {}",
}


def describe_plan(plan: Plan) -> Iterator[str]:
    """Yield lines: what is done when, what is never touched, how often at most."""
    for response in plan.responses:
        yield from _response(response, plan)
    if not plan.responses:
        yield "No response: nothing is done about any alert."
    for exemption in plan.exempt:
        yield f"Never touched: {_exempt(exemption)} ({exemption.reason})."
    rate = plan.rate
    yield (
        f"At most {rate.per_workload} measures for one container and {rate.overall} on the node "
        f"in {rate.seconds:g} s."
    )
    yield "Never, whatever stands here: pid 1, kernel threads, pratique itself."


def _response(response: Planned, plan: Plan) -> Iterator[str]:
    dry = plan.dry_run if response.dry_run is None else response.dry_run
    measures = ", ".join(measure.value for measure in response.measures)
    yield f"{response.name}: when {_when(response.match)}, {measures}."
    if dry:
        yield "  Dry run: it only says what it would do."
    if response.node:
        yield "  Also for processes of the node itself."


def _when(match: Match) -> str:
    parts = [
        words.format(getattr(match, name)) for name, words in _WORDS.items() if getattr(match, name)
    ]
    return " and ".join(parts) or "anything is told"


def _exempt(exemption: Exemption) -> str:
    names = ("container", "image", "namespace", "pod", "label")
    return ", ".join(f"{name} {value}" for name in names if (value := getattr(exemption, name)))
