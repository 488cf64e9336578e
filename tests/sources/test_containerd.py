"""The files that were named are read, else the service that was named, else the default files."""

import pytest

from pratique.sources import containerd
from pratique.sources.interface import Options, TargetNotFound, TargetUnreachable


def test_a_folder_that_was_named_is_read(tmp_path):
    """There is no falling back to another containerd: its image of that name may be another."""
    options = Options(containerd_root=tmp_path, environ={"CONTAINERD_ADDRESS": "/nowhere"})
    with pytest.raises(TargetNotFound, match=str(tmp_path)):
        containerd.open_target("app:1", options)


def test_a_service_that_was_named_is_asked():
    """With an address given the client is used, whatever lies in the default folder."""
    options = Options(environ={"CONTAINERD_ADDRESS": "/nowhere", "PATH": "/nowhere"})
    with pytest.raises(TargetUnreachable, match="ctr cannot be run"):
        containerd.open_target("app:1", options)
