from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from pratique.model.image import HistoryEntry
from pratique.reports._layers import base_layers, layer_shares, step_of
from tests.makers import report as made


def ending(steps: Iterable[str]) -> int | None:
    """Return where the base ends for a history; a step in capitals CMD or ENTRYPOINT is empty."""
    history = tuple(
        HistoryEntry(
            created_by=step, empty_layer=step.split("  ")[-1].startswith(("CMD", "ENTRYPOINT"))
        )
        for step in steps
    )
    image = made.image()
    return base_layers(replace(image, config=replace(image.config, history=history)))


@pytest.mark.parametrize(
    ("steps", "layers"),
    [
        (["ADD x", 'CMD ["bash"]', "RUN y"], 1),
        (["ADD x", '/bin/sh -c #(nop)  CMD ["bash"]', "RUN y", 'CMD ["z"]'], 1),
        (["ADD x", "RUN y", 'CMD ["z"]'], None),
        (["ADD x", "RUN y"], None),
        ([], None),
        (["ADD x", "RUN CMD", "RUN y"], None),
    ],
)
def test_the_base_ends_at_the_last_command_with_layers_above(steps: list[str], layers: int | None):
    """A default command that further layers follow ends the base; without one nothing is guessed."""
    assert ending(steps) == layers


def test_shares_add_up():
    """Every package and finding with a layer is counted in exactly one share."""
    subject = made.subject()
    shares = layer_shares(subject, subject.findings)
    assert [share.part for share in shares] == ["base", "app"]
    assert sum(share.packages for share in shares) == len(subject.packages)
    assert sum(share.findings.total for share in shares) == len(subject.findings)


@pytest.mark.parametrize(
    ("created_by", "step"),
    [
        ("/bin/sh -c #(nop) ADD file:1 in / ", "ADD file:1 in /"),
        ("/bin/sh -c apt-get update", "apt-get update"),
        ("RUN /bin/sh -c make # buildkit", "make"),
        ("COPY . /app # buildkit", "COPY . /app"),
    ],
)
def test_steps_are_shown_without_the_shell_of_every_step(created_by: str, step: str):
    """Both builders put words in front that say nothing."""
    assert step_of(replace(made.layer_ref(0), created_by=created_by)) == step


def test_a_layer_without_a_step_is_named_by_its_digest():
    """A squashed or imported layer still has a name."""
    layer = replace(made.layer_ref(0), created_by="")
    assert step_of(layer) == layer.diff_id
