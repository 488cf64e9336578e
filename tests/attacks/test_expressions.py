"""Law: no text makes an expression of the program run long."""

import resource
import subprocess
import sys

CPU_SECONDS = 300
LEAST = 900
"""Expressions that there are at the least: a sweep that finds none would pass as well."""


def test_no_expression_is_led_astray() -> None:
    """All expressions that modules hold, and those of all kinds of credentials; see ``pumping``."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    command = [sys.executable, "-m", "tests.attacks.pumping"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)

    assert done.returncode == 0, done.stderr[-2000:]
    *slow, last = done.stdout.splitlines()
    assert slow == []
    assert int(last.split()[0]) > LEAST


def test_an_expression_that_is_led_astray_is_noticed() -> None:
    """Else the sweep would pass whatever the expressions are."""
    code = (
        "import re; from tests.attacks import pumping as p; p.SECONDS = 0.5; "
        "p.expressions = lambda: [('bad', re.compile('a+a*a*b')), ('good', re.compile('a{1,9}b'))]; "
        "print([one.split()[0] for one in p.slow()])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['bad']"
