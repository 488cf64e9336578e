"""A policy is a profile's name or a file, and neither CEL nor YAML is loaded for a profile."""

import subprocess
import sys
from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.load_policy import MAX_BYTES, load_policy


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("pratique-policy: 1\nname: mine\n")
    assert load_policy(str(file)).name.name == "mine"


def test_what_is_neither_is_usage(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    for name in ("strikt", str(tmp_path), str(large)):
        with pytest.raises(UsageError):
            load_policy(name)


def test_a_profile_loads_no_language() -> None:
    code = (
        "import sys; from pratique.pipelines.load_policy import load_policy; load_policy('strict');"
        "print([m for m in sys.modules if m.startswith(('cel_expr', 'yaml', 'pratique.policy.cel'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
