"""A line of shell becomes its commands; whatever it is, that takes linear time and never fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.shell_commands import MOST_CHARACTERS, Command, commands


def programs(text: str) -> list[str]:
    """Return the programs that a text runs."""
    return [one.program for one in commands(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("apt-get update && apt-get install -y curl; rm -rf /x", ["apt-get", "apt-get", "rm"]),
        ("set -eux; if ! command -v x; then apk add x; fi", ["set", "x", "apk", "fi"]),
        ("DEBIAN_FRONTEND=noninteractive sudo -E apt-get install x", ["apt-get"]),
        ("(cd /tmp; make) || exit 1", ["cd", "make", "exit"]),
        ("timeout 30 /usr/bin/curl -f x", ["curl"]),
        ("echo 'a; b' \"c && d\" e\\;f", ["echo"]),
        ("true # rm -rf / ; x\nfalse", ["true", "false"]),
        ("a \\\n  b", ["a"]),
    ],
)
def test_programs(text: str, wanted: list[str]) -> None:
    """Operators divide; quotes, comments and continued lines do not."""
    assert programs(text) == wanted


def test_pipes_and_files() -> None:
    """A command knows whether it is fed, and where its output goes."""
    curl, tee, echo = commands("curl x | tee y; echo z >> /etc/w 2>/dev/null")

    assert (curl.piped, tee.piped, echo.piped) == (False, True, False)
    assert commands("echo z > /etc/w").__next__() == Command(("echo", "z"), False, "/etc/w")


def test_options_are_found_in_bundles() -> None:
    """Short ones among others, long ones with a value; never in a file's name."""
    (command,) = commands("curl -fsSLk --retry=3 --output k.txt")

    assert command.has("-k") == "-k"
    assert command.has("--retry") == "--retry"
    assert not command.has("-x", "--insecure")


@given(st.text(alphabet="ab '\"\\$;|&()<>\n#=-", max_size=200))
def test_any_text_is_split(text: str) -> None:
    """Words hold no more than the text."""
    assert sum(len(word) for one in commands(text) for word in one.words) <= len(text)


@pytest.mark.parametrize("piece", ["'", '"', "\\", "a'", "<", " #", "$(", ";a", "a "])
def test_hostile_text_is_bounded(piece: str) -> None:
    """What stands behind the limit is not looked at."""
    found = list(commands(piece * (2 * MOST_CHARACTERS)))

    assert sum(len(word) for one in found for word in one.words) <= MOST_CHARACTERS
