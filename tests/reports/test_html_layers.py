from msgspec.structs import replace

from pratique.reports._html_layers import layers
from tests.makers import report as made


def test_a_single_layer_is_no_map():
    """Who brought what is only worth saying of several layers."""
    image = made.image()
    one = made.subject(
        packages=made.PACKAGES[:1], findings=(), image=replace(image, layers=image.layers[:1])
    )
    assert layers(one, ()) == []


def test_each_layer_tells_its_step_size_and_what_it_hides():
    """Every layer has a row, also one that brought nothing; hidden findings are counted."""
    subject = made.subject(packages=(), findings=made.others())
    lines = layers(subject, subject.findings)
    assert sum(line.startswith("<tr><th") for line in lines) == len(made.STEPS)
    shown = "".join(lines)
    assert "28 MiB" in shown
    assert "40 MiB" in shown
    assert '<td data-label="In hidden files" class="number">1</td>' in shown


def test_an_unknown_size_is_left_open():
    """A daemon does not say what its layers weigh: no size is no zero."""
    image = made.image()
    sizeless = tuple(replace(one, blob=replace(one.blob, size_bytes=-1)) for one in image.layers)
    lines = "".join(layers(made.subject(image=replace(image, layers=sizeless)), ()))
    assert " B</td>" not in lines
    assert "MiB" not in lines
