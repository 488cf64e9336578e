"""Make programs that answer as the tools of others do, for tests of what runs them."""

import sys
from pathlib import Path


def program(folder: Path, name: str, body: str) -> Path:
    """Write a program in Python; ``body`` sees ``sys`` and ``arguments``."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / name
    place.write_text(
        f"#!{sys.executable} -I\nimport json, os, sys\narguments = sys.argv[1:]\n{body}\n"
    )
    place.chmod(0o755)
    return place


BANDIT = """
found = []
for root, _, files in os.walk(arguments[-1]):
    for name in sorted(one for one in files if one.endswith('.py')):
        for number, line in enumerate(open(os.path.join(root, name), errors="replace"), 1):
            if "eval(" in line:
                found.append({"filename": os.path.join(root, name), "test_id": "B307",
                    "issue_text": "eval.", "issue_severity": "MEDIUM", "issue_confidence": "HIGH",
                    "issue_cwe": {"id": 95}, "line_number": number})
with open(arguments[arguments.index("--output") + 1], "w") as file:
    json.dump({"results": found, "errors": []}, file)
sys.exit(1 if found else 0)
"""
"""It reports every line with ``eval(`` in it, in bandit's format."""
