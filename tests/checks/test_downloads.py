"""What is fetched and run unseen is told; what is checked, unpacked or only kept is not."""

import pytest

from pratique.checks._downloads import fetched_and_run, fetches
from pratique.formats.shell_commands import commands


def ways(text: str) -> list[str]:
    """Return what is told of a text."""
    return list(fetched_and_run(commands(text)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("curl -sL https://x.example | bash -s -- -y", ["curl piped into bash"]),
        ("wget -qO- https://x.example | tee log | sudo sh", ["wget piped into sh"]),
        ("curl https://x.example/install.py | python3 -", ["curl piped into python3"]),
        ('sh -c "$(curl -fsSL https://x.example)"', ["a download run by sh"]),
        ("bash `curl https://x.example`", ["a download run by bash"]),
        ("eval '$(wget -qO- https://x.example)'", ["a download run by eval"]),
        ("wget https://x.example/a.sh && sh a.sh", ["wget saved a file that is run"]),
        ("curl https://x.example/a > /tmp/a; bash /tmp/a", ["curl saved a file that is run"]),
        ("curl -o a https://x.example && chmod +x a && ./a", ["curl saved a file that is run"]),
    ],
)
def test_ways(text: str, wanted: list[str]) -> None:
    """Pipes, substitutions, saved files."""
    assert ways(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "curl https://x.example/a.tgz | tar xz -C /opt",
        "curl https://x.example/key | gpg --dearmor > /k; sh /setup.sh",
        "curl -o a https://x.example && echo 'ab  a' | sha256sum -c - && sh a",
        "wget https://x.example/a https://x.example/a.asc && gpg --batch --verify a.asc a && ./a",
        "echo x | sh; curl https://x.example",
        "apt-get install -y curl && sh setup.sh",
    ],
)
def test_what_is_not_told(text: str) -> None:
    """Archives, keys, checked files, unrelated scripts."""
    assert ways(text) == []


def test_fetches() -> None:
    """By the program's name."""
    assert [fetches(one) for one in commands("/usr/bin/curl x; curlew x")] == [True, False]
