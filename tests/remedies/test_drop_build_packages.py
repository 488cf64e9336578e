"""Build packages are removed in the step that installed them, if nothing later needs them."""

import pytest

from pratique.formats.edits import apply_edits
from pratique.model.package import PackageType
from pratique.remedies import drop_build_packages as unit
from tests.makers.situation import package, situation

GCC = package(PackageType.APK, "gcc", "12")
CURL = package(PackageType.APK, "curl", "8")


def proposed(file: str):
    there = situation([GCC, CURL], dockerfile=file)
    return there, list(unit.propose(there))


def test_the_step_removes_what_it_installed() -> None:
    there, (change,) = proposed("FROM a\nRUN apk add curl gcc~12 && pip install x\nCMD y\n")

    content = apply_edits(there.dockerfile.content, change.edits)
    assert b"pip install x \\\n    && apk del --no-cache gcc\nCMD" in content
    assert change.removes == (GCC.key,)


@pytest.mark.parametrize(
    "file",
    [
        "FROM a\nRUN apk add gcc\nRUN pip install x\n",
        "FROM a\nRUN apk add gcc && make && apk del gcc\n",
        "FROM a\nRUN apk add curl\n",
        "FROM a AS b\nRUN apk add gcc\nFROM c\nCOPY --from=b /x /x\n",
    ],
)
def test_where_they_are_needed_or_gone_nothing_is_said(file: str) -> None:
    assert proposed(file)[1] == []


def test_a_list_is_advice() -> None:
    assert proposed('FROM a\nRUN ["apk", "add", "gcc"]\n')[1] == []
    _, (change,) = proposed("FROM a\nRUN apk add gcc # compilers\n")
    assert (change.edits, change.commands) == ((), ("apk del --no-cache gcc",))
