"""Find admission webhooks that let everything pass when they cannot be reached."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "webhook-that-fails-open"
TITLE = "an admission webhook lets everything pass when it fails"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "With failurePolicy: Ignore the policy is off while the webhook is down, and whoever "
        "can bring it down or make it slow gets past it. Fail, for validating webhooks of "
        "security, with a namespaceSelector that leaves the webhook's own namespace out."
    )
}
BAD = (
    manifest(
        "ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io/v1",
        webhooks=[{"name": "a", "failurePolicy": "Ignore"}],
    ),
)
GOOD = (
    manifest(
        "ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io/v1",
        webhooks=[{"name": "a"}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("ValidatingWebhookConfiguration"):
        for number, hook in enumerate(one.at("webhooks").items):
            if hook.at("failurePolicy").text == "Ignore":
                name = hook.at("name").text[:100]
                yield told(
                    one,
                    f"{name} is ignored when it fails",
                    "webhooks",
                    number,
                    "failurePolicy",
                    key=name,
                )
