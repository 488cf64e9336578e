"""Each RUN gives the script that its shell gets, and every place of it lies in the Dockerfile."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.runs import runs_of
from pratique.formats.dockerfile.scripts import Script, scripts_of
from pratique.formats.dockerfile.stages import stages_of


def scripts(text: str) -> list[Script]:
    """Return the scripts of a Dockerfile."""
    file = parse(text.encode("utf-8", "surrogateescape"))
    return list(scripts_of(file, runs_of(file, stages_of(file))))


def test_variables_of_the_build_are_known() -> None:
    """ARG and ENV, and secrets that a mount puts into the environment."""
    (one,) = scripts("FROM a\nARG V=1\nENV B=2\nRUN --mount=type=secret,id=x,env=T echo $V $B $T\n")

    assert one.text == "#!/bin/sh\nexport B=x T=x V=x\necho $V $B $T\n"


def test_shells() -> None:
    """The dialect is that of SHELL; zsh and PowerShell have no script."""
    found = scripts(
        'FROM a\nSHELL ["/bin/bash", "-c"]\nRUN a\nSHELL ["zsh", "-c"]\nRUN b\n'
        'SHELL ["pwsh"]\nRUN c\nSHELL ["/bin/ash", "-c"]\nRUN d\n'
    )

    assert [one.header.split("\n")[0] for one in found] == ["#!/bin/bash", "#!/bin/dash"]


def test_here_documents() -> None:
    """One that is the command is a script; one for another program is none."""
    found = scripts(
        "FROM a\nRUN <<E\na\nb c\nE\nRUN python <<E\nimport x\nE\nRUN cat <<E >f\nx\nE\n"
    )

    assert [one.body.text for one in found] == ["a\nb c\n"]
    span = found[0].span((4, 3), (4, 4))
    assert span is not None
    assert (span.start, span.end) == (19, 20)


@given(st.text("ab $'\"\\\n#&|;é\udcff<E", max_size=80), st.integers(-2, 9), st.integers(-2, 99))
def test_places_lie_inside(text: str, line: int, column: int) -> None:
    """Whatever a program says of lines and columns."""
    content = f"FROM a\nRUN {text}\n".encode("utf-8", "surrogateescape")
    file = parse(content)
    for one in scripts_of(file, runs_of(file, stages_of(file))):
        span = one.span((line, column), (line, column + 3))
        assert span is None or 0 <= span.start <= span.end <= len(content)
