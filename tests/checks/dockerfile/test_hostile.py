"""No Dockerfile, whatever it holds, makes a check fail, and what fixes give is stable."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.model.fault import FixClass
from pratique.pipelines.lint_dockerfile import checks, look_at
from pratique.pipelines.lint_looking import Looked
from pratique.pipelines.mend_file import mend

CHECKS = checks(pedantic=True)
PIECES = [
    "FROM a", "FROM a AS b\n", "RUN ", "apt-get update", "apt-get install ", "apk add ", "sudo ", "cd ",
    "pip install ", "npm i ", "ADD ", "COPY --from=", "ENV A=", "ARG ", "LABEL ", "USER ", "EXPOSE ",
    "HEALTHCHECK CMD ", "ONBUILD ", "SHELL [", "CMD ", "--mount=type=cache,target=", "# hadolint ignore=",
    "<<EOF\n", "EOF\n", "x", " ", "\n", "\\\n", "\r\n", "\t", '"', "'", "`", "$", "${", "$(", "}", ")", "(",
    "[", "]", "=", ":", "@", "#", "|", "&&", ";", "&", "<", ">", "-", "/", "é", "0", ",",
]  # fmt: skip


def look(content: bytes) -> Looked:
    """Return what every check says."""
    return look_at(content, "Dockerfile", CHECKS)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_text_is_looked_at_and_mended(pieces: list[str]):
    """Places lie inside the file, and a second run of all fixes changes nothing."""
    content = f"FROM a:1\n{''.join(pieces)}".encode()
    for hit in look(content).hits:
        assert 1 <= hit.fault.line <= content.count(b"\n") + 1
        assert 0 <= hit.fault.start <= hit.fault.end <= len(content)

    once = mend(content, look, frozenset(FixClass)).content
    assert mend(once, look, frozenset(FixClass)).content == once
