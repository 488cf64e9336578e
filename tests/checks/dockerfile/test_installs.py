"""A command is put behind another only where it cannot become a part of something else."""

import pytest

from pratique.checks.dockerfile._installs import command_behind, ships, told
from pratique.checks.dockerfile.interface import scene_of


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("RUN yum install a\n", True),
        ("RUN yum install a \\\n  && b\n", True),
        ("RUN yum install a; b\n", True),
        ("RUN <<E\nyum install a\nb\nE\n", True),
        ("RUN yum install a | b\n", False),
        ("RUN yum install a || b\n", False),
        ("RUN yum install a > b\n", False),
        ("RUN (yum install a)\n", False),
        ("RUN case x in x) yum install a;; esac\n", False),
        ('RUN ["yum", "install", "a"]\n', False),
        ("RUN b $(yum install a)\n", False),
    ],
)
def test_what_may_follow(text: str, sure: bool) -> None:
    """The end of the text, a line feed, ``&&`` and ``;``."""
    scene = scene_of(f"FROM a\n{text}")
    run, command, _ = next(told(scene, ("yum",), {"install"}))

    assert bool(command_behind(scene, run, command, "yum clean all")) is sure


def test_which_stages_ship() -> None:
    """The last one and those it is built on."""
    scene = scene_of("FROM a AS x\nFROM b AS y\nFROM x\n")

    assert [ships(scene, number) for number in range(3)] == [True, False, True]
