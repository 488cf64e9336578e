"""One Dockerfile: what the checks say, which comments reach what, and what cannot be built."""

from pratique.formats.dockerfile.parsing import parse
from pratique.model.unknown import Weight
from pratique.pipelines.lint_dockerfile import checks, look_at, pragmas_of

TEXT = b"""# check=skip=StageNameCasing
# hadolint global ignore=DL3000
FROM a:1
# hadolint ignore=DL3004
RUN sudo x \\
  # pratique ignore=cd-in-run
  && y

# hadolint stage ignore=DL3008
FROM b:1
RUN z
FROM c:1
"""


def test_how_far_comments_reach():
    """The next instruction, the stage that follows, the file."""
    reaches = {one.names[0]: (one.first, one.last) for one in pragmas_of(parse(TEXT))}

    assert reaches["DL3004"] == reaches["cd-in-run"] == (5, 7)
    assert reaches["DL3008"] == (10, 11)
    assert reaches["StageNameCasing"] == reaches["DL3000"] == (1, 1 << 30)


def test_pedantic_checks_wait_to_be_asked():
    """Quiet by default."""
    assert "unpinned-apt-package" not in checks(pedantic=False)
    assert "unpinned-apt-package" in checks(pedantic=True)


def test_what_a_build_refuses_is_no_clean_file():
    """It blocks, and the rest is looked at all the same."""
    looked = look_at(b"FROM a:1\nRUNN x\nRUN sudo y\n", "Dockerfile", checks(pedantic=False))

    (unknown,) = looked.unknowns
    assert (unknown.location, unknown.weight) == ("Dockerfile:2", Weight.BLOCKING)
    assert "sudo-in-run" in {hit.finding.rule for hit in looked.hits}


def test_an_empty_file_blocks():
    """Nothing in it can be vouched for."""
    (unknown,) = look_at(b"# nothing\n", "Dockerfile", {}).unknowns

    assert unknown.weight is Weight.BLOCKING


def test_what_is_not_read_is_told_once():
    """Another shell's commands are covered by no check, and the rest stands."""
    text = b'FROM a:1\nSHELL ["powershell"]\nRUN x\nRUN y\n'
    (unknown,) = look_at(text, "Dockerfile", {}).unknowns

    assert (unknown.location, unknown.weight) == ("Dockerfile:3", Weight.COVERAGE)
    assert "2 RUN" in unknown.reason


def test_a_file_of_absurd_size_blocks():
    """No image can have so many steps."""
    (unknown,) = look_at(b"FROM a:1\n" + b"RUN x\n" * 6000, "Dockerfile", {}).unknowns

    assert unknown.weight is Weight.BLOCKING


def test_variables_without_end_block():
    """A file that is made to explode is told, not built up."""
    doubled = "".join(f"ENV A{n + 1}=$A{n}$A{n}\n" for n in range(40))
    looked = look_at(f"FROM a:1\nENV A0={'x' * 99}\n{doubled}".encode(), "Dockerfile", {})

    assert [one.weight for one in looked.unknowns] == [Weight.BLOCKING]
