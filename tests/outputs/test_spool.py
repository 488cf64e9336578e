"""Each destination has a folder of its own, which a restart finds again."""

from contextlib import closing

import pytest

from pratique.kit.segment import MAX_RECORD_BYTES
from pratique.model.errors import StorageError
from pratique.outputs.destination import parse_destination
from pratique.outputs.spool import SpoolSettings, folder_name, spool_of


def test_destinations_do_not_mix() -> None:
    """Another form, URL, query or command is another folder; no secret stands in its name."""
    texts = (
        *("https://a/x?key=sesame", "https://a/x?key=2", "ocsf=https://a/x?key=sesame"),
        *("syslog://a", "syslog+tcp://a", "program:/bin/a b", "program:/bin/a c"),
    )
    names = {folder_name(parse_destination(text)) for text in texts}

    assert len(names) == len(texts)
    assert not any("sesame" in name for name in names)


def test_what_waits_is_found_again(tmp_path) -> None:
    """By the same destination, after a restart."""
    destination, settings = parse_destination("https://a"), SpoolSettings(folder=tmp_path)
    first = spool_of(destination, settings)
    first.waiting.append(b"a")
    first.refused.append(b"b")
    first.close()
    second = spool_of(destination, settings)

    assert (second.waiting.read(9).records, second.refused.read(9).records) == ((b"a",), (b"b",))
    with pytest.raises(StorageError):
        spool_of(destination, settings)
    second.close()


def test_whatever_can_wait_can_be_set_aside(tmp_path) -> None:
    """Else a refused record that is too long would hold up all behind it for ever."""
    with closing(spool_of(parse_destination("https://a"), SpoolSettings(folder=tmp_path))) as spool:
        longest = b"x" * MAX_RECORD_BYTES
        spool.waiting.append(longest)
        spool.refused.append(longest)

        with pytest.raises(StorageError):
            spool.waiting.append(longest + b"x")
