"""Every file gives a tree that covers it exactly; instructions are read as BuildKit reads them."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.parsing import MAX_BYTES, parse
from pratique.formats.dockerfile.tree import Blank, Comment, Dockerfile, Instruction
from pratique.model.errors import LimitExceeded

WORDS = [
    "FROM a", "RUN x", "run --mount=type=cache,target=/x y", "COPY <<A <<-'B' /d", "A", "\tB",
    "ONBUILD RUN <<E", "E", '["a", "b"]', "CMD [", "# c", "# escape=`", "\\", "`", " ", "\t", "\r",
    "\n", "\n", "\n", "é", "\ufeff", "'", '"', "${A:-$B}", "ENV A=b", "--f='", "<<", "日本", "\x00",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def covered(file: Dockerfile) -> None:
    """Assert that the pieces cover the file, and that spans of parts lie in their pieces."""
    at = 0
    for piece in file.pieces:
        assert piece.span.start == at
        assert piece.span.end > at
        at = piece.span.end
        if isinstance(piece, Instruction):
            inside(piece)
    assert at == len(file.content)
    assert file.write() == file.content


def inside(one: Instruction) -> None:
    parts = [flag.span for flag in one.flags] + [word.span for word in one.json or ()]
    parts += [heredoc.span for heredoc in one.heredocs] + [c.span for c in one.comments]
    parts.append(one.keyword_span)
    assert all(one.span.start <= p.start <= p.end <= one.span.end for p in parts)
    if one.trigger:
        inside(one.trigger)


def test_real_files_lose_nothing(shared) -> None:
    """All Dockerfiles of the collection; keywords stand where they are said to stand."""
    with zipfile.ZipFile(shared / "fixtures/dockerfiles/files.zip") as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        for name in names:
            content = archive.read(name)
            file = parse(content)
            covered(file)
            for one in file.instructions:
                assert one.keyword_span.of(content).decode().upper() == one.keyword, name
    assert len(names) > 100


@given(st.binary(max_size=400) | TEXT.map(lambda text: text.encode()))
def test_any_bytes_lose_nothing(content: bytes) -> None:
    covered(parse(content))


@given(TEXT)
def test_arguments_stand_where_they_are_said_to(text: str) -> None:
    """The bytes of every argument character, put together, are the argument."""
    content = text.encode()
    for one in parse(content).instructions:
        said = one.arguments
        for at in range(len(said.text)):
            there = said.span(at, at + 1).of(content)
            assert there.decode("utf-8", "surrogateescape") == said.text[at]


def test_what_is_what() -> None:
    """Comments, blanks and instructions, with lines, in a file with CRLF and a byte order mark."""
    file = parse(b"\xef\xbb\xbf# syntax=x\r\n\r\n # c\r\nFROM a\r\n")

    assert [type(piece).__name__ for piece in file.pieces] == [
        "Blank", "Directive", "Blank", "Comment", "Instruction",
    ]  # fmt: skip
    assert file.directives == {"syntax": "x"}
    assert [piece.line for piece in file.pieces] == [1, 1, 2, 3, 4]
    assert file.instructions[0].text == "a"


def test_continuations_keep_comments_and_skip_blank_lines() -> None:
    """As BuildKit: comment lines inside an instruction do not end it."""
    (one,) = parse(b"RUN a \\\n  # why\n\n  && b \\ \n  && c\n").instructions

    assert one.text == "a   && b   && c"
    assert [comment.text for comment in one.comments] == ["why"]
    assert one.empty_lines == (3,)
    assert (one.line, one.end_line) == (1, 5)


def test_a_doubled_escape_ends_the_line() -> None:
    assert len(parse(b"RUN a \\\\\nRUN b\n").instructions) == 2


def test_another_escape_mark() -> None:
    """With a backtick, backslashes are ordinary."""
    (one,) = parse(b"# escape=`\nRUN dir c:\\ `\n  /s\n").instructions
    assert one.text == "dir c:\\   /s"


def test_flags_come_before_arguments() -> None:
    (one,) = parse(
        b'RUN --mount=type=cache,target="/a b" --network=none \\\n --x echo --y\n'
    ).instructions

    assert [(f.name, f.value) for f in one.flags] == [
        ("mount", "type=cache,target=/a b"),
        ("network", "none"),
        ("x", None),
    ]
    assert one.text == "echo --y"
    assert one.flag("network") == "none"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'CMD ["a", "b c"]', ["a", "b c"]),
        (b"CMD ['a']", None),
        (b"CMD [ ]", []),
        (b'HEALTHCHECK --interval=1s CMD ["x"]', ["x"]),
        (b'ENTRYPOINT [ "\\u0041" , "\\n" ]', ["A", "\n"]),
        (b'RUN ["a" "b"]', None),
    ],
)
def test_exec_forms(line: bytes, words: list[str] | None) -> None:
    (one,) = parse(line).instructions
    assert (None if one.json is None else [word.value for word in one.json]) == words


def test_several_heredocs() -> None:
    """Each is read after the other; what looks like an instruction in one is none."""
    content = b'COPY <<A <<-"B" /d/\nRUN x\nA\n\tFROM y\n\tB\nUSER z\n'
    copy, user = parse(content).instructions

    assert [(h.name, h.body.of(content), h.expand, h.chomp) for h in copy.heredocs] == [
        ("A", b"RUN x\n", True, False),
        ("B", b"\tFROM y\n", False, True),
    ]
    assert (copy.end_line, user.line) == (5, 6)


def test_a_list_takes_no_heredoc() -> None:
    assert len(parse(b'RUN ["<<A"]\nUSER b\n').instructions) == 2


def test_a_trigger_is_read_too() -> None:
    """With its flags and its here-document."""
    content = b"ONBUILD RUN --network=none <<E\na\nE\n"
    (one,) = parse(content).instructions

    assert one.trigger is not None
    assert one.trigger.keyword == "RUN"
    assert one.trigger.heredocs[0].body.of(content) == b"a\n"


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"FROM a\nBAD x\n", "unknown-instruction", 2),
        (b"FROM\n", "missing-argument", 1),
        (b"FROM a\nRUN <<E\nx\n", "unterminated-heredoc", 3),
        (b"ONBUILD ONBUILD RUN x\n", "nested-onbuild", 1),
        (b"# escape=x\nFROM a\n", "invalid-escape", 1),
        (b"# syntax=x\n# syntax=y\nFROM a\n", "repeated-directive", 2),
    ],
)
def test_what_a_build_refuses_is_told(content: bytes, rule: str, line: int) -> None:
    """With its line; the rest is read."""
    (problem,) = parse(content).problems
    assert (problem.rule, problem.line) == (rule, line)


def test_a_file_without_fault_has_no_problem() -> None:
    assert parse(b"FROM a\nCMD\nONBUILD RUN x\n").problems == ()


def test_an_escape_alone_is_blank() -> None:
    (piece,) = parse(b"\\\n\n").pieces
    assert isinstance(piece, Blank)


def test_a_comment_is_not_continued() -> None:
    first, second = parse(b"# a \\\nUSER b\n").pieces
    assert isinstance(first, Comment)
    assert isinstance(second, Instruction)


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        parse(b"#" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    "part", [b"--a \\\n", b"x ", b"'", "é ".encode(), b"${", b"\\\n", b'--b=" ', b"<<A "]
)
def test_cost_grows_with_size_only(part: bytes) -> None:
    """Half a megabyte of one thing is read as any other; a square cost would not end in time."""
    content = b"RUN " + part * ((1 << 19) // len(part))
    covered(parse(content))
