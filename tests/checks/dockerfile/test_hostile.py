"""No Dockerfile makes a check of ours fail, whatever it holds; places lie inside the file."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.checks.dockerfile.interface import Sample as Made
from pratique.checks.dockerfile.interface import Settings, scene_of
from pratique.formats.edits import apply_edits
from pratique.kit import registry
from pratique.model.errors import FormatError

CHECKS = registry.load("checks.dockerfile")
WORDS = (
    "FROM a AS b", "FROM b", "FROM $X", "FROM", "RUN", "COPY", "COPY --from=0 / /", "ADD", "ENV",
    "ARG TOKEN", "ENV A", "LABEL a=", "USER", "EXPOSE 1:2/TCP", "EXPOSE 99999999999999999999-x",
    "VOLUME [", "ONBUILD", "HEALTHCHECK", "CMD x", "SHELL []", "MAINTAINER '", "WORKDIR", "<<E", "\nE\n",
    "\n", "\n", "\\\n", "\\\n\n", " ", "&&", "|", ";", "'", '"', "$(", "`", "${", "${A:-", "#", "# syntax=",
    "apt-get install", "yum install", "zypper", "pip install", "curl -u a:", "chmod 7777", "chmod ,",
    "git clone", "$TOKEN > x", "case x in", "a|b)", "cp /run/secrets/a b", "--mount=type=secret,id=a",
    "--chmod=9", "--chmod=u+s", "wget", "useradd -u", "gem install --", "go run", "=", ":", "@", "\x00",
    "é", "\udcff", "sed -i", "tee", "ln -s", "npm config set", "env", "export A=$TOKEN",
)  # fmt: skip
DEEP = (
    "FROM a\nRUN " + "$(" * 3000,
    "FROM a\nRUN " + "a | " * 3000,
    "FROM a\nENV " + " ".join(f"A{n}=$A{n - 1}" for n in range(1500)),
    "FROM a\nRUN chmod " + "u+" * 20_000,
    "FROM a\nARG TOKEN\nRUN " + "echo $TOKEN > f; " * 3000,
    "FROM a AS s0\n" + "".join(f"FROM s{n} AS s{n + 1}\nRUN x\n" for n in range(150)),
    "FROM " + "a." * 20_000 + "\n",
    "ARG A\nFROM " + "a-" * 20_000 + "$A:\n",
    "FROM a\nLABEL " + "a.-" * 10_000 + "=1\n",
    "FROM a\nRUN echo " + "[ trusted=" * 5_000,
    "FROM a\nRUN x" + "://a:" * 10_000,
    "FROM a\n" + "COPY --from=x a b\n" * 1500,
)


def look(sample: str | Made) -> None:
    """Run every check, and make every fix by itself."""
    scene = scene_of(sample)
    for check in CHECKS.values():
        try:
            found: Sequence[object] = list(check.look(scene))
        except FormatError:
            continue
        for fault in found:
            assert 0 <= fault.start <= fault.end <= len(scene.file.content)
            apply_edits(scene.file.content, fault.edits)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from((" ", "")))
def test_any_file_is_looked_at(words: list[str], between: str) -> None:
    """Any heap of what Dockerfiles are made of, with settings and a context."""
    text = between.join(words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    labels = {"a": "url", "owner": "spdx"}
    asked = Settings(trusted_registries=("*.x",), labels=labels, strict_labels=True)
    look(Made(text=text, settings=asked, ignored=("**/a", "!b"), context=(".env", ".git/x")))


@pytest.mark.parametrize("number", range(len(DEEP)))
def test_costly_files_end(number: int) -> None:
    """Deep, long and repeated: all end, none in a stack."""
    look(DEEP[number])
