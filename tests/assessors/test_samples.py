"""Every assessor reads real answers of its tool as its samples say, and gives up on anything else aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.assessors.interface import MOST_FLAWS, Surface, Work
from pratique.kit import registry
from pratique.model.errors import FormatError
from pratique.model.severity import Severity

UNITS = sorted(registry.load("assessors").items())
EACH = pytest.mark.parametrize("unit", [unit for _, unit in UNITS], ids=[name for name, _ in UNITS])
WORK = Work(
    folder="/w/src",
    output="/w/out",
    data="/data",
    seconds=60,
    files=("a.py", "b/run.sh"),
    url="http://127.0.0.1:8080",
    document="http://127.0.0.1:8080/openapi.json",
)


def shown(flaw):
    """Return a flaw as samples write it."""
    line = f":{flaw.line}" if flaw.line else ""
    place = f"{flaw.file}{line}" if flaw.file else f"{flaw.method} {flaw.path}"
    words = (flaw.rule, place, flaw.parameter, flaw.severity.value, *flaw.cwes)
    return " ".join(filter(None, words))


@EACH
def test_samples_that_fire(unit):
    """A real answer gives the flaws that stand in it, with place, severity and weakness."""
    assert any(sample.flaws for sample in unit.FIRES)
    for sample in unit.FIRES:
        told = unit.read(sample.output)
        assert tuple(map(shown, told.flaws)) == sample.flaws
        assert len(told.problems) == sample.problems


@EACH
def test_samples_that_are_silent(unit):
    """An answer without findings gives none, and no problem."""
    assert unit.SILENT
    for sample in unit.SILENT:
        told = unit.read(sample.output)
        assert (told.flaws, told.problems) == ((), ())


@EACH
@pytest.mark.parametrize(
    "noise",
    [b"", b"{}", b"[]", b"null", b"Traceback (most recent call last):", b"\xff\x00", b"[" * 9999],
)
def test_noise_is_refused(unit, noise):
    """Whatever is no answer of the tool is refused, never read as "nothing found"."""
    with pytest.raises(FormatError):
        unit.read(noise)


@EACH
@given(data=st.data())
def test_a_damaged_answer_never_crashes(unit, data):
    """A cut or changed answer is read or refused, whatever stands in it, and the result is bounded."""
    whole = data.draw(st.sampled_from([one.output for one in (*unit.FIRES, *unit.SILENT)]))
    at = data.draw(st.integers(0, len(whole) - 1))
    patch = data.draw(st.binary(max_size=6))
    cut = data.draw(st.integers(0, len(whole)))
    damaged = (whole[:at] + patch + whole[at + len(patch) :])[: cut or None]
    try:
        told = unit.read(damaged)
    except FormatError:
        return
    assert len(told.flaws) <= MOST_FLAWS
    assert all(isinstance(one.severity, Severity) for one in told.flaws)


@EACH
def test_commands(unit):
    """A command starts the program that was found, and names what the run is about and nothing else."""
    command = unit.command("/opt/tool", WORK)

    assert command[0] == "/opt/tool"
    assert all("\0" not in part for part in command)
    about = WORK.url if unit.SURFACE is Surface.SERVICE else (WORK.folder, "./...", "b/run.sh")
    assert any(part in " ".join(command) for part in ([about] if isinstance(about, str) else about))
    assert bool(unit.PATTERNS.suffixes) == (unit.SURFACE is Surface.CODE)
    assert not any(part.startswith("http") and "127.0.0.1" not in part for part in command)


def test_a_quoted_password_is_not_passed_on():
    """Bandit's text holds the password; what is read of it does not."""
    unit = dict(UNITS)["bandit"]
    quoted = next(one for one in unit.read(unit.FIRES[0].output).flaws if one.rule == "B105")

    assert "a word" not in f"{quoted.title} {quoted.note}"
    assert "a word" in unit.FIRES[0].output.decode()
