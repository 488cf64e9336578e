"""Make texts that a reader of engines' files may meet: JSON of any shape, and no JSON at all."""

from hypothesis import strategies as st

_LEAVES = st.none() | st.booleans() | st.integers(-9, 2**70) | st.text(max_size=8)
_KEYS = st.sampled_from(
    [
        *("id", "ID", "Type", "Status", "Actor", "Action", "root", "path", "mounts", "options"),
        *("labels", "annotations", "process", "linux", "config", "Config", "State", "metadata"),
        *("names", "layer", "cgroup_paths", "rootfs", "pid", "Name", "Repositories"),
        *("capabilities", "bounding"),
    ]
)

JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5)
)
