"""Each rule of ours fires on its own sample and is silent on the sound way to write the same."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from pratique.assessors import semgrep
from pratique.assessors.interface import Work

FILE = Path(semgrep.__file__).parent / "semgrep_rules.yaml"
RULES = yaml.safe_load(FILE.read_text())["rules"]
ENDINGS = {
    "python": ".py",
    "javascript": ".js",
    "java": ".java",
    "go": ".go",
    "php": ".php",
    "ruby": ".rb",
}


def test_rules_say_what_they_are_for():
    """Each has a name of its own, a weakness, a grade, a sentence and samples."""
    names = [rule["id"] for rule in RULES]
    assert len(set(names)) == len(names)
    for rule in RULES:
        about = rule["metadata"]
        assert rule["id"].startswith(f"{rule['languages'][0]}-")
        assert all(re.fullmatch(r"CWE-\d+", one) for one in about["cwe"])
        assert about["confidence"] in ("HIGH", "MEDIUM", "LOW")
        assert rule["severity"] in ("ERROR", "WARNING")
        assert rule["message"]
        assert about["fires"] != about["silent"]
    languages = {one for rule in RULES for one in rule["languages"]}
    assert languages == set(semgrep.LANGUAGES)


@pytest.fixture(scope="module")
def told(assessor, tmp_path_factory):
    """Give what semgrep says of all samples: the rules that fired by file."""
    program = assessor("semgrep")
    folder = tmp_path_factory.mktemp("samples")
    for rule in RULES:
        for kind in ("fires", "silent"):
            name = f"{rule['id']}.{kind}{ENDINGS[rule['languages'][0]]}"
            (folder / name).write_text(rule["metadata"][kind] + "\n")
    output = tmp_path_factory.mktemp("out") / "answer.json"
    work = Work(folder=str(folder), output=str(output), data=str(FILE.parent), seconds=200)
    subprocess.run(semgrep.command(program, work), check=True, capture_output=True, timeout=110)
    found: dict[str, set[str]] = {}
    answer = semgrep.read(output.read_bytes())
    for flaw in answer.flaws:
        found.setdefault(Path(flaw.file).name, set()).add(flaw.rule)
    return answer, found


def test_samples(told):
    """The rule that a sample is for fires there; on a silent one it does not."""
    answer, found = told
    wrong = []
    for rule in RULES:
        ending = ENDINGS[rule["languages"][0]]
        if rule["id"] not in found.get(f"{rule['id']}.fires{ending}", ()):
            wrong.append(f"{rule['id']} does not fire")
        if rule["id"] in found.get(f"{rule['id']}.silent{ending}", ()):
            wrong.append(f"{rule['id']} is not silent")
    assert wrong == []
    assert answer.problems == ()
