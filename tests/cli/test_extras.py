"""A command whose libraries are absent says how to install them."""

import pytest

from pratique.cli.extras import need
from pratique.model.errors import UsageError


def test_the_line_that_installs_is_the_hint() -> None:
    with pytest.raises(UsageError, match="needs no_such_library") as refused:
        need("lsp", "json", "no_such_library")

    assert "requirements/lsp.txt" in refused.value.hint()
