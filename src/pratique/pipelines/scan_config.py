"""
Look for secrets in what an image's config says: ENV, build steps, labels, commands.

Law: one value of one kind is one finding, at the most telling place (ENV before the build step that
set it), the others are its evidence. Everybody who can pull the image can read all of this.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.finding import Evidence, Finding
from pratique.model.image import Image
from pratique.model.package import LayerRef
from pratique.model.spot import Spot
from pratique.pipelines.place_spots import Fingerprint, finding_of

MOST_BYTES = 1 << 20
"""Of all texts of one config together; those of real images have some ten thousand."""
MOST_TEXTS = 4_096
MOST_FOUND = 1_000
_MOST_PLACES = 20
"""Places named of one value."""
_NOT_SHOWN = "(not shown)"


class TextScanner(Protocol):
    """What sees secrets in a short text."""

    def scan_text(self, label: str, text: bytes) -> Iterable[Spot]:
        """Yield what is seen."""

    def masked(self, label: str, text: bytes) -> bytes:
        """Return the text with what is seen masked."""


class _Room:
    """What is left of the bounds on the texts of one config."""

    def __init__(self) -> None:
        self._bytes, self._texts = MOST_BYTES, MOST_TEXTS

    def has(self, text: bytes) -> bool:
        """Take a text from what is left; return whether it fits."""
        if len(text) > self._bytes or not self._texts:
            return False
        self._bytes -= len(text)
        self._texts -= 1
        return True


class Said(Struct, frozen=True):
    """One text of a config: the place to name, and the layer that its build step made."""

    place: str
    text: str
    layer: LayerRef | None = None


def scan_config(
    image: Image,
    scanner: TextScanner,
    fingerprint: Fingerprint,
    refs: Sequence[LayerRef | None] = (),
    tell: Callable[[str], None] = lambda reason: None,
) -> tuple[Finding, ...]:
    """
    Return the secrets in an image's config, sorted by id; ``refs`` name its layers.

    ``tell`` is told what was left out when the config is larger than the bounds above.
    """
    found: dict[tuple[str, str], Finding] = {}
    taken: dict[str, int] = {}
    room = _Room()
    for said in texts_of(image, refs):
        text = said.text.encode("utf-8", "replace")
        if not room.has(text):
            tell(f"its texts are more than {MOST_BYTES} bytes or {MOST_TEXTS} texts")
            break
        for spot in scanner.scan_text(said.place, text):
            known = spot.rule, spot.digest
            if known in found:
                found[known] = _also(found[known], said)
                continue
            if len(found) >= MOST_FOUND:
                tell(f"it holds more than {MOST_FOUND} secrets")
                return tuple(sorted(found.values(), key=lambda finding: finding.id))
            base = f"secret:{spot.rule}:{said.place}"
            taken[base] = taken.get(base, 0) + 1
            identity = base if taken[base] == 1 else f"{base}#{taken[base]}"
            found[known] = finding_of(
                replace(spot, line=0),
                identity,
                said.place,
                layer=said.layer,
                hidden_by=None,
                fingerprint=fingerprint,
            )
    return tuple(sorted(found.values(), key=lambda finding: finding.id))


def shown_image(image: Image, scanner: TextScanner) -> Image:
    """
    Return an image as reports show it: steps, labels and annotations with their secrets masked.

    Texts over the bounds above were not looked at, so they are not shown.
    """
    room = _Room()

    def shown(place: str, text: str) -> str:
        raw = text.encode("utf-8", "replace")
        return (
            scanner.masked(place, raw).decode("utf-8", "replace") if room.has(raw) else _NOT_SHOWN
        )

    layers = tuple(
        replace(layer, created_by=shown("config: build step", layer.created_by))
        for layer in image.layers
    )
    labels = {key: shown(key, value) for key, value in image.config.labels.items()}
    annotations = {key: shown(key, value) for key, value in image.annotations.items()}
    config = replace(image.config, labels=labels)
    return replace(image, layers=layers, config=config, annotations=annotations)


def texts_of(image: Image, refs: Sequence[LayerRef | None] = ()) -> Iterator[Said]:
    """Yield every text of a config in which a secret may stand, the most telling first."""
    config = image.config
    for setting in config.env:
        yield Said(f"config: ENV {setting.partition('=')[0]}", setting)
    for words, name in ((config.entrypoint, "ENTRYPOINT"), (config.cmd, "CMD")):
        if words:
            yield Said(f"config: {name}", " ".join(words))
    for key, value in sorted(config.labels.items()):
        yield Said(f"config: LABEL {key}", f"{key}={value}")
    for key, value in sorted(image.annotations.items()):
        yield Said(f"manifest: annotation {key}", f"{key}={value}")
    made = iter(refs)
    for number, step in enumerate(config.history, 1):
        ref = None if step.empty_layer else next(made, None)
        text = "\n".join(filter(None, (step.created_by, step.comment)))
        yield Said(f"config: build step {number}", text, ref)


def _also(finding: Finding, said: Said) -> Finding:
    """Return a finding that says where else its value stands."""
    if any(one.name == said.place for one in finding.evidence):
        return finding
    if len(finding.evidence) >= _MOST_PLACES:
        return finding
    more = Evidence(advisory=finding.rule, feed="pratique", name=said.place)
    return replace(finding, evidence=(*finding.evidence, more))
