"""Every tool that fits runs or is named with what installs it; what it could not read is told."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.assessors.interface import Surface
from pratique.assessors.placing import Owner
from pratique.kit import registry
from pratique.model.unknown import Stage, Weight
from pratique.pipelines.assess_sources import MOST_PROBLEMS, Tools, assess_sources, problems_of
from pratique.pipelines.gather_sources import Sources
from tests.makers.fake_tools import BANDIT, program


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """Give a folder with two files, and a PATH without any tool."""
    folder = tmp_path / "src"
    (folder / "app").mkdir(parents=True)
    (folder / "app/a.py").write_text("x = 1\nprint(eval(x))\n")
    (folder / "app/b.txt").write_text("eval(x)\n")
    (tmp_path / "answers").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    paths = {"app/a.py": "app/a.py"}
    return Sources(folder=folder, paths=paths, owners={"app/a.py": Owner()})


def assess(sources, tools):
    return assess_sources(sources, tools, sources.folder.with_name("answers"))


def test_a_tool_that_is_there_is_run(sources, tmp_path):
    """Its findings have the place in the target; what it is for is told."""
    program(tmp_path / "tools" / "bandit-env" / "bin", "bandit", BANDIT)
    notes = []
    tools = Tools(folders=(tmp_path / "tools",), only=frozenset({"bandit"}), note=notes.append)
    learnt = assess(sources, tools)
    (found,) = learnt.findings
    assert (found.rule, found.location, found.line) == ("bandit:B307", "app/a.py", 2)
    assert learnt.unknowns == ()
    assert notes == ["bandit read 1 file: 1 finding"]


def test_a_tool_that_is_missing_is_named(sources):
    """With the line that installs it; tools for other languages are not missed."""
    learnt = assess(sources, Tools())
    assert {one.unit for one in learnt.unknowns} == {"bandit", "semgrep"}
    assert all(one.stage is Stage.ASSESS for one in learnt.unknowns)
    assert all(one.weight is Weight.COVERAGE for one in learnt.unknowns)
    assert "install it: pipx install bandit" in learnt.unknowns[0].reason


def test_a_language_that_nobody_reads_is_told(sources, tmp_path):
    """Silence about Rust would look like clean Rust; whoever chose the tools knows what they read."""
    more = replace(sources, unread={"Rust": 2})
    (told,) = [one for one in assess(more, Tools()).unknowns if one.unit == "sources"]
    assert told.reason == "2 files in Rust, which no tool here reads"
    chosen = Tools(folders=(tmp_path,), only=frozenset({"gosec"}))
    assert assess(more, chosen).unknowns == ()


def test_a_tool_that_was_asked_for_and_has_no_file_says_so(sources):
    """Nobody waits for what does not come."""
    notes = []
    assert assess(sources, Tools(only=frozenset({"gosec"}), note=notes.append)).unknowns == ()
    assert notes == ["gosec was not run: there is no file for it"]


def test_a_tool_that_fails_is_told(sources, tmp_path):
    """A crash, or an answer in another format, is no empty result."""
    tools = Tools(folders=(tmp_path,), only=frozenset({"bandit"}))
    program(tmp_path, "bandit", "sys.exit('boom')\n".replace("'boom'", "7"))
    assert "bandit failed (code 7)" in assess(sources, tools).unknowns[0].reason
    program(tmp_path, "bandit", "print('{}')")
    assert "not in its format" in assess(sources, tools).unknowns[0].reason


def test_many_problems_are_told_as_a_few():
    """A tool that can read none of ten thousand files does not fill the report."""
    unit = registry.load("assessors")["bandit"]
    told = problems_of(unit, ["x"] * 1000)
    assert len(told) == MOST_PROBLEMS + 1
    assert told[-1].reason == "and 980 more such problems"


def test_tools_are_chosen_by_surface_and_name():
    """Those asked for, or all."""
    assert [one.NAME for one in Tools(only=frozenset({"zap"})).units(Surface.SERVICE)] == ["zap"]
    assert Tools(only=frozenset({"zap"})).units(Surface.CODE) == ()
    assert {one.NAME for one in Tools().units(Surface.CODE)} >= {"bandit", "semgrep", "gosec"}
    assert (
        Path(registry.load("assessors")["semgrep"].__file__)
        .with_name("semgrep_rules.yaml")
        .is_file()
    )
