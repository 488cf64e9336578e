"""Stages know what they are built on and which values each instruction sees."""

import pytest

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.stages import chain_of, stages_of
from pratique.model.errors import LimitExceeded

FILE = b"""ARG V=1
ARG IMAGE=a:$V
FROM ${IMAGE} AS Build
ARG V
ENV W=$V
ARG W=other
RUN x
FROM build
RUN y
FROM ${NOTHING:-c}
RUN z
"""


def test_what_stages_are_built_on() -> None:
    build, second, third = stages_of(parse(FILE))

    assert (build.name, build.image, build.parent) == ("build", "a:1", None)
    assert (second.image, second.parent) == ("build", 0)
    assert third.image == "c"
    assert chain_of((build, second, third), second) == (build, second)


def test_what_each_instruction_sees() -> None:
    """A global ARG only where it is named again; ENV wins; a stage inherits."""
    build, second, third = stages_of(parse(FILE))

    assert build.scopes[0] == {}
    assert build.scopes[-1] == {"V": "1", "W": "1"}
    assert second.scopes[0] == {"V": "1", "W": "1"}
    assert third.scopes[0] == {}


def test_build_arguments_stand_in() -> None:
    build = stages_of(parse(FILE), {"V": "9"})[0]
    assert build.image == "a:9"
    assert build.scopes[-1]["V"] == "9"


def test_a_value_that_is_not_there_is_named() -> None:
    (stage,) = stages_of(parse(b"FROM a:$TAG"))
    assert stage.missing == ("TAG",)


def test_a_stage_may_be_called_like_its_image() -> None:
    """The name counts for later stages only."""
    (stage,) = stages_of(parse(b"FROM a AS a"))
    assert stage.parent is None


def test_instructions_before_a_stage_belong_to_none() -> None:
    assert stages_of(parse(b"RUN x\nFROM\n")) == ()


def test_values_cannot_grow_beyond_measure() -> None:
    with pytest.raises(LimitExceeded):
        stages_of(parse(b"FROM a\nENV A=xxxxxxxx\n" + b"ENV A=$A$A\n" * 40))


def test_many_values_are_bounded() -> None:
    lines = b"".join(b"ENV A%d=1\n" % number for number in range(5000))
    with pytest.raises(LimitExceeded):
        stages_of(parse(b"FROM a\n" + lines))
