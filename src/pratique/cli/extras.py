"""Say how to install what a command needs and a plain installation does not bring."""

from importlib.util import find_spec

from pratique.model.errors import UsageError


def need(extra: str, *modules: str) -> None:
    """
    Check that the libraries of an extra are installed, without importing them.

    Raises:
        UsageError: one is absent; the hint is the line that installs them.

    >>> need("lsp", "json")
    """
    absent = [name for name in modules if find_spec(name) is None]
    if absent:
        raise UsageError(
            f"this needs {', '.join(absent)}, which is not installed",
            hint=f"pip install --require-hashes -r requirements/{extra}.txt, or pip install '.[{extra}]'",
        )
