"""Write package URLs of Julia."""

from pratique.extractors.science._julia import julia_url


def test_a_build_number_is_escaped() -> None:
    """Libraries built by Yggdrasil have one."""
    assert julia_url("Zlib_jll", "1.2.13+0", "00") == "pkg:julia/Zlib_jll@1.2.13%2B0?uuid=00"
