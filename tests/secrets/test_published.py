"""Law: what its owner printed for everybody is no secret; everything else may be one."""

from pratique.secrets.published import unpublished


def test_the_key_of_the_storage_emulator_is_everybodys():
    key = (
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"
        + "/K1SZFPTOtr/KBHBeksoGMGw=="
    )
    assert not unpublished(key.encode())
    assert unpublished(key[:-3].encode())


def test_the_example_of_rfc_7617_is_everybodys():
    assert not unpublished(b"QWxhZGRpbjpv" + b"cGVuIHNlc2FtZQ==")
