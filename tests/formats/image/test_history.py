"""History lines of all builders become the same steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.history import MOST_IN_ALL, read_history
from pratique.model.image import HistoryEntry


def step(line: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what one line says."""
    (one,) = read_history([HistoryEntry(created_by=line)], 1)
    return one.instruction, one.text, one.build_arguments


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("/bin/sh -c #(nop)  ENV A=b", ("ENV", "A=b", ())),
        ("/bin/sh -c #(nop) ADD file:" + "a" * 64 + " in / ", ("ADD", "/", ())),
        ("/bin/sh -c apt-get update", ("RUN", "apt-get update", ())),
        ("RUN /bin/sh -c apk add curl # buildkit", ("RUN", "apk add curl", ())),
        ("RUN /bin/bash -o pipefail -c curl x | sh # buildkit", ("RUN", "curl x | sh", ())),
        ("RUN apk add curl", ("RUN", "apk add curl", ())),
        ("|1 A=b /bin/sh -c make", ("RUN", "make", (("A", "b"),))),
        (
            "RUN |2 A=b c WORD= /bin/sh -c make # buildkit",
            ("RUN", "make", (("A", "b c"), ("WORD", ""))),
        ),
        ('CMD ["bash"]', ("CMD", '["bash"]', ())),
        ("COPY . /app # buildkit", ("COPY", ". /app", ())),
        ("bazel build ...", ("", "bazel build ...", ())),
        ("", ("", "", ())),
    ],
)
def test_forms(line: str, wanted: tuple[str, str, tuple[tuple[str, str], ...]]) -> None:
    """Classic builder, BuildKit, buildah, others."""
    assert step(line) == wanted


def test_steps_know_their_layers() -> None:
    """Empty steps made none; where the numbers differ nobody knows."""
    lines = [
        HistoryEntry(created_by="ADD x /"),
        HistoryEntry(created_by="ENV A=b", empty_layer=True),
        HistoryEntry(created_by="RUN make"),
    ]

    assert [one.layer for one in read_history(lines, 2)] == [0, None, 1]
    assert [one.layer for one in read_history(lines, 3)] == [None, None, None]
    assert [one.number for one in read_history(lines, 2)] == [1, 2, 3]


def test_only_run_has_commands() -> None:
    """What other instructions hold is no shell."""
    made = read_history(
        [HistoryEntry(created_by="RUN make && rm x"), HistoryEntry(created_by="COPY a;b c")], 2
    )

    assert [[one.program for one in step.commands] for step in made] == [["make", "rm"], []]


def test_a_long_history_is_cut() -> None:
    """Behind the limit there are steps, and nothing in them."""
    line = "RUN " + "a;" * 30_000
    made = read_history([HistoryEntry(created_by=line)] * 40, 40)

    assert len(made) == 40
    assert sum(len(one.text) for one in made) <= MOST_IN_ALL
    assert made[-1].commands == ()


@given(st.text(alphabet="|1 A=/binsh-c#(nop)RUNCOPY", max_size=80))
def test_any_line_is_read(line: str) -> None:
    """Nothing that a history says is an exception."""
    instruction, text, _ = step(line)
    assert len(instruction) + len(text) <= len(line)
