"""What a command installs is told from its options, their values and what only the shell knows."""

import pytest

from pratique.checks.dockerfile._installed import APT_VALUED, apt_installs, known, packages
from pratique.checks.dockerfile.interface import scene_of


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("apt-get install -y a b=1", ["a", "b=1"]),
        ("apt-get -o A::B=c -t stable install a", ["a"]),
        ("apt install --target-release x a 'b c'", ["a", "b c"]),
        ("apt-get install $P ${Q} $(cat list) $UNKNOWN", ["x", "y=1", "z"]),
        ("apt-get install", []),
    ],
)
def test_packages(command: str, names: list[str]):
    """Variables that ARG and ENV set are looked into, others are nobody's to guess."""
    scene = scene_of(f'FROM a:1\nARG P="x y=1"\nENV Q=z\nRUN {command}\n')
    ((run, one, verb),) = apt_installs(scene)

    assert list(known(run, packages(one, verb, APT_VALUED))) == names


@pytest.mark.parametrize(
    "command", ["apt-get update", "apt-get -t install update", "dpkg -i install"]
)
def test_no_install(command: str):
    """A word ``install`` elsewhere is no verb."""
    assert list(apt_installs(scene_of(f"FROM a:1\nRUN {command}\n"))) == []
