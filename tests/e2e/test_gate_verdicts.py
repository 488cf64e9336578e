"""Law: what the profiles make of real images is what a person judged right; see tests/judged/README.md."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pratique.cli import main
from pratique.policy.profiles import PROFILES
from pratique.policy.rules import RULES

TABLE = Path(__file__).parent.parent / "judged" / "verdicts.tsv"
JUDGED_ON = "1795305600"
"""22 November 2026, 0:00 UTC: ages and ends of life are those of that day."""
EXIT_CODES = {"allow": 0, "warn": 0, "deny": 1, "undecided": 3}
ANSWERS = {"deny": "deny", "undecided": "undecided", "warn": "warn", "recorded": "allow"}
Row = dict[str, str]


def rows() -> list[Row]:
    with TABLE.open() as file:
        return list(csv.DictReader(file, delimiter="\t"))


def images() -> list[str]:
    return list(dict.fromkeys(row["image"] for row in rows()))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("image", images())
def test_a_verdict_is_what_was_judged(
    image: str, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer, its exit code, and the rules behind each reason, under each profile."""
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path / "cache"))  # grades come from all shards
    monkeypatch.setenv("PRATIQUE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PRATIQUE_DB_SOURCE", str(shared / "mirror"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JUDGED_ON)
    monkeypatch.chdir(tmp_path)
    archive, _, tag = image.partition(":")
    target = str(shared / "images" / archive)
    if tag:
        target = f"docker-archive:{target}:{tag}"
    for row in (one for one in rows() if one["image"] == image):
        report = tmp_path / "report.json"
        output = ["-q", "-o", f"json={report}"]
        code = main.run(["gate", target, "--policy", row["profile"], *output])
        verdict = json.loads(report.read_text())["subjects"][0]["verdict"]
        assert said_in(verdict) == {name: row[name] for name in ("answer", *ANSWERS)}
        assert code == EXIT_CODES[row["answer"]]


def said_in(verdict: dict[str, Any]) -> Row:
    """Return a verdict as the table writes it."""
    rules = {
        column: " ".join(
            sorted(one["rule"] for one in verdict["reasons"] if one["answer"] == answer)
        )
        for column, answer in ANSWERS.items()
    }
    return {"answer": verdict["answer"], **rules}


def test_the_table_is_whole() -> None:
    """Each image under each profile, with the reason in words; the rules that deny are tried."""
    table = rows()
    for image in images():
        assert [one["profile"] for one in table if one["image"] == image] == list(PROFILES)
    assert all(len(one["why"]) > 10 for one in table)
    denying = {rule for row in table for rule in row["deny"].split()}
    assert len(denying) >= 8
    assert denying <= {rule.name for rule in RULES}
