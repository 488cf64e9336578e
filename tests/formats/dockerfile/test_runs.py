"""Each RUN is told with the shell that reads it and the commands it holds."""

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.runs import Run, runs_of
from pratique.formats.dockerfile.stages import stages_of


def read(text: str) -> tuple[Run, ...]:
    """Return the RUNs of a file."""
    file = parse(text.encode())
    return runs_of(file, stages_of(file))


def programs(run: Run) -> list[str]:
    """Return what a RUN runs."""
    return [one.program for one in run.commands]


def test_every_form() -> None:
    """Shell form, exec form, under ONBUILD, and in a here-document at its own place."""
    text = 'FROM a\nRUN a \\\n && b\nRUN ["c", "d"]\nONBUILD RUN e\nRUN <<EOF\nf é\ng x\nEOF\n'
    runs = read(text)

    assert [programs(run) for run in runs] == [["a", "b"], ["c"], ["e"], ["f", "g"]]
    assert [run.onbuild for run in runs] == [False, False, True, False]
    last = runs[3].commands[1].words[1]
    assert last.span.of(text.encode()) == b"x"


def test_other_programs_are_not_understood() -> None:
    """Neither another shell nor another reader of a here-document is taken for sh."""
    runs = read(
        "FROM a\nRUN python3 <<EOF\nimport os\nEOF\nRUN <<EOF\n#!/usr/bin/env perl\nx\nEOF\n"
        'SHELL ["powershell", "-Command"]\nRUN Get-Item x\n'
    )

    assert [run.understood for run in runs] == [False, False, False]
    assert [programs(run) for run in runs] == [["python3"], [], []]


def test_a_comment_names_the_shell_of_the_base_image():
    """As hadolint's users write it, until SHELL or FROM says otherwise."""
    runs = read("FROM a\n# hadolint shell=powershell\nRUN x\nRUN y\nFROM b\nRUN z\n")

    assert [run.shell_name for run in runs] == ["powershell", "powershell", "sh"]
    assert [run.understood for run in runs] == [False, False, True]


def test_very_long_text_is_read_in_part():
    """And said so."""
    (run,) = read(f"FROM a\nRUN a && echo {'x ' * (1 << 18)}\n")

    assert not run.understood
    assert programs(run) == ["a", "echo"]


def test_a_shell_is_inherited_by_name() -> None:
    """A stage built on another one begins with that one's shell."""
    runs = read(
        'FROM a AS x\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM x\nRUN y\nFROM b\nRUN z\n'
    )

    assert [(run.shell_name, run.shell_options[:1]) for run in runs] == [
        ("bash", ("-o",)),
        ("sh", ("-c",)),
    ]


def test_mounts_cover_what_lies_below() -> None:
    """A cache mount over a folder covers it and what is in it, not its neighbours."""
    (run,) = read("FROM a\nRUN --mount=type=cache,target=/var/lib/apt/ x\n")

    assert run.cached("/var/lib/apt/lists")
    assert not run.cached("/var/lib/apt2")
