"""
Read the samples that stand in gitleaks' own rule definitions, without building or copying them.

``of_table`` reads a table (rule, sample as a JSON string, expected, path); ``of_repository`` the string literals of
``cmd/generate/config/rules/*.go`` in a git repository. Samples that gitleaks builds at run time are left out.
"""

import csv
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_RULES = "cmd/generate/config/rules/"
_FUNCTION = re.compile(r"^func \w+\(\) \*config\.Rule \{$(.*?)^\}$", re.DOTALL | re.MULTILINE)
_LIST = re.compile(r"\b(tps|fps)\s*:?=\s*(?:append\(\s*\1\s*,|(?:\[\]|map\[string\])string\s*\{)")
_TOKEN = re.compile(r"//[^\n]*|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|[\w.]+|\S", re.DOTALL)


class GitleaksSample(NamedTuple):
    """One sample: whose rule, the text, whether it is a secret, and the path where it matters."""

    rule: str
    text: str
    secret: bool
    path: str = ""


def of_table(file: Path) -> Iterator[GitleaksSample]:
    """Yield the samples of a tab-separated table."""
    with file.open(newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            text, secret = json.loads(row["sample"]), row["expected"] == "secret"
            yield GitleaksSample(row["rule"], text, secret, row.get("path") or "")


def of_repository(folder: Path) -> Iterator[GitleaksSample]:
    """Yield the samples of the newest commit of a git repository of gitleaks."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(folder), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    for name in git("ls-tree", "-r", "--name-only", "HEAD", _RULES).split():
        if name.endswith(".go"):
            for body in _FUNCTION.findall(git("show", f"HEAD:{name}")):
                yield from _of_function(body)


def _of_function(body: str) -> Iterator[GitleaksSample]:
    found = re.search(r'RuleID:\s*"([^"]+)"', body)
    if found is None:
        return
    for one in _LIST.finditer(body):
        for path, text in _literals(body[one.end() :]):
            yield GitleaksSample(found[1], text, one[1] == "tps", path)


def _literals(text: str) -> Iterator[tuple[str, str]]:
    """Yield (path, sample) for the elements of a list that are nothing but literals."""
    depth, made, plain, path = 0, "", True, ""
    for token in _TOKEN.findall(text):
        if token.startswith("//"):
            continue
        closes = depth == 0 and token in ")}"
        if closes or (token == "," and depth == 0):
            if made and plain:
                yield path, made
            made, plain, path = "", True, ""
            if closes:
                return
        elif token == ":" and depth == 0:
            path, made = made, ""
        elif token[0] in '`"' and depth == 0:
            made += token[1:-1] if token[0] == "`" else json.loads(_as_json(token))
        elif token != "+":
            plain = False
            depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(token, 0)


def _as_json(token: str) -> str:
    return token.replace(r"\x1b", r"\u001b").replace(r"\a", r"\u0007").replace("\\'", "'")
