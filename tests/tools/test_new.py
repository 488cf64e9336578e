"""A skeleton follows its interface, whatever that looks like today."""

import ast

import pytest

from tools import new


@pytest.mark.parametrize("family", new.families())
def test_a_skeleton_is_a_module_with_all_that_is_asked(family: str) -> None:
    """It parses, is called NAME and has a function per method of the Protocol."""
    tree = ast.parse(new.skeleton(family, "tide-table"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]

    assert ast.get_docstring(tree)
    assert functions or family in ("checks", "malware", "secrets"), (
        "only families of rules are pure data"
    )
    assert all(ast.get_docstring(function) for function in functions)
    assert "NAME" in {name.id for name in names}
    assert not any(argument.arg == "self" for node in functions for argument in node.args.args)


@pytest.mark.parametrize(
    "arguments",
    [[], ["reports"], ["reports", "Bad Name"], ["reports", "../up"], ["nowhere", "name"]],
)
def test_what_cannot_be_made_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong folder or name writes nothing and names the folders there are."""
    assert new.main(arguments) == 2
    assert "reports" in capsys.readouterr().err


def test_an_existing_unit_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    """A skeleton never replaces work."""
    assert new.main(["reports", "json"]) == 1
    assert "exists already" in capsys.readouterr().err
