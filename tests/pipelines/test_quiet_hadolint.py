"""Comments for hadolint stand where it misreads a right place, and change nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.parsing import parse
from pratique.pipelines.lint_dockerfile import checks
from pratique.pipelines.quiet_hadolint import quieted

CHECKS = checks(pedantic=True)
CASES = {
    "dist-clean": (
        b"FROM debian:13\nRUN apt-get update; apt-get dist-clean\n",
        b"FROM debian:13\n# hadolint ignore=DL3009 # apt-get dist-clean deletes the lists\n"
        b"RUN apt-get update; apt-get dist-clean\n",
    ),
    "under ONBUILD": (
        b"FROM alpine:3\n  ONBUILD RUN apk add --no-network x\n",
        b"FROM alpine:3\n  # hadolint ignore=DL3019 # without a network it loads no index\n"
        b"  ONBUILD RUN apk add --no-network x\n",
    ),
    "a variable": (
        b"FROM debian:13\r\nENV LONG_NAME=99\r\nRUN useradd -u $LONG_NAME x\r\n",
        b"FROM debian:13\r\nENV LONG_NAME=99\r\n"
        b"# hadolint ignore=DL3046 # LONG_NAME is 99\r\nRUN useradd -u $LONG_NAME x\r\n",
    ),
    "a comment that is there": (
        b"FROM alpine:3\n# hadolint ignore=DL3018 # loose\nRUN apk add x; rm -rf /var/cache/apk/*\n",
        b"FROM alpine:3\n# hadolint ignore=DL3018,DL3019 # loose\n"
        b"RUN apk add x; rm -rf /var/cache/apk/*\n",
    ),
    "a comment about something else": (
        b"FROM alpine:3\n# hadolint ignore=DL3018\n# why\nRUN apk add --no-network x\n",
        b"FROM alpine:3\n# hadolint ignore=DL3018\n# why\n"
        b"# hadolint ignore=DL3019 # without a network it loads no index\n"
        b"RUN apk add --no-network x\n",
    ),
}
SILENT = {
    "named already": b"FROM alpine:3\n# hadolint ignore=DL3019\nRUN apk add --no-network x\n",
    "for the file": b"# hadolint global ignore=DL3019\nFROM a\nRUN apk add --no-network x\n",
    "hadolint knows it": b"FROM debian:13\nRUN apt-get update; rm -rf /var/lib/apt/lists/*\n",
    "rm -rf of anything": b"FROM a\nRUN apt-get update; apt-get dist-clean; rm -rf /x\n",
    "a real fault": b"FROM debian:13\nRUN apt-get update\n",
    "an unknown number": b"FROM debian:13\nARG LONG_NAME\nRUN useradd -u $LONG_NAME x\n",
    "no Dockerfile": b"\xff\x00",
}


@pytest.mark.parametrize("name", CASES)
def test_it_comments(name: str) -> None:
    """A right place that hadolint tells gets its reason, once."""
    before, after = CASES[name]

    assert quieted(before, CHECKS).content == after
    assert quieted(after, CHECKS).content == after
    assert quieted(before, CHECKS).instructions == 1


@pytest.mark.parametrize("name", SILENT)
def test_it_leaves_alone(name: str) -> None:
    """What hadolint does not tell, or tells rightly, gets no comment."""
    assert quieted(SILENT[name], CHECKS).content == SILENT[name]


def test_one_comment_holds_all_rules_of_an_instruction() -> None:
    """Hadolint heeds only the line directly above, so there is one."""
    text = b"FROM x\nENV LONG_NAME=9\nRUN apk add --no-network x; useradd -u $LONG_NAME y\n"

    assert b"# hadolint ignore=DL3019,DL3046 # " in quieted(text, CHECKS).content


@given(value=st.text(st.characters(codec="utf-8"), max_size=20))
def test_nothing_of_the_file_can_break_out_of_a_comment(value: str) -> None:
    """Instructions are the same after, whatever stands in names and values."""
    text = f'FROM x\nENV LONG_NAME=9\nRUN useradd -u "$LONG_NAME{value}" y\n'.encode()
    after = parse(quieted(text, CHECKS).content)

    assert [one.span.of(after.content) for one in after.instructions] == [
        one.span.of(text) for one in parse(text).instructions
    ]
