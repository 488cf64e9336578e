"""List the packages that NuGet restored for a project."""

import json

import pytest
from hypothesis import given

from pratique.extractors.dotnet import project_assets
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

ASSETS = json.dumps(
    {
        "version": 3,
        "targets": {
            "net8.0": {
                "Tool/1": {"type": "package", "dependencies": {"Shared": "1", "Deep": "1"}},
                "Deep/1": {"type": "package", "dependencies": {"Tool": "1"}},
                "Shared/1": {"type": "package"},
                "Used/1": {"type": "package", "dependencies": {"shared": "1"}},
                "Lib/1": {"type": "project", "dependencies": {"OfLib": "1"}},
                "OfLib/1": {"type": "package"},
                "Platform/1": {"type": "package"},
            }
        },
        "project": {
            "frameworks": {
                "net8.0": {
                    "dependencies": {
                        "tool": {"suppressParent": "All"},
                        "Used": {"version": "[1, )"},
                        "OfLib": {"suppressParent": "All"},
                        "Platform": {"suppressParent": "All", "autoReferenced": True},
                    }
                }
            }
        },
    }
).encode()


def _extract(content: bytes) -> Extraction:
    return project_assets.extract_file(layer_file("srv/obj/project.assets.json", content))


def test_only_what_private_packages_alone_lead_to_is_for_development() -> None:
    """Circles end; what a project of the solution needs, and the framework, are for running."""
    scopes = {one.name: one.scope for one in _extract(ASSETS).packages}

    assert {name for name, scope in scopes.items() if scope is Scope.DEVELOPMENT} == {
        "Tool",
        "Deep",
    }
    assert set(scopes) == {"Tool", "Deep", "Shared", "Used", "OfLib", "Platform"}


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version": 3, "targets": {}}'])
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


@given(mutated(ASSETS))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
