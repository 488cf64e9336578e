"""Law: the same files as ``Patterns.globs`` means."""

from hypothesis import example, given
from hypothesis import strategies as st

from pratique.kit.selector import Selector
from pratique.model.units import Patterns
from pratique.secrets.globs import Globs

PARTS = st.sampled_from(
    ["a", ".kube", "config", "b.tf", "x-b.tf", "*", "*.tf", "a*", "*kube*", "con*g"]
)
GLOBS = st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), min_size=1, max_size=4)
PLAIN = st.sampled_from(
    ["a", ".kube", "config", "b.tf", "x-b.tf", "kube", "ab", "kubeconfig", "\n"]
)
PATHS = st.lists(PLAIN, min_size=1, max_size=5).map("/".join)


@given(GLOBS, PATHS)
@example([".kube/config"], "root/.kube/config")
def test_globs_mean_what_they_mean_elsewhere(globs, path):
    assert Globs(globs).match(path) == (Selector([Patterns(globs=tuple(globs))]).limit(path) > 0)
