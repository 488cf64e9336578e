"""The image's own list of files decides, and what it cannot say is a doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.drift.judging import Kind, is_nameless, judge
from tests.makers.happenings import WEB
from tests.makers.image_files import FILES, Files, Images


@given(st.sampled_from(sorted(FILES)), st.booleans(), st.sampled_from(["", None, "0" * 64]))
def test_a_file_that_nobody_wrote_to_stands(path: str, complete: bool, found: str | None) -> None:
    """Whatever else is known, the lower layers are the image."""
    judgement = judge(path, False, WEB, Images(Files(complete)), lambda *_: found)
    assert judgement.kind is Kind.NONE


@given(st.text(max_size=20), st.booleans(), st.booleans())
def test_what_was_written_and_is_not_the_images_never_stands(
    path: str, complete: bool, known: bool
) -> None:
    images = Images(Files(complete) if known else None)
    judgement = judge("/new/" + path, True, WEB, images, lambda *_: "")
    assert judgement.kind is Kind.ADDED
    assert bool(judgement.doubt) is not (known and complete)


@pytest.mark.parametrize("path", ["memfd:a", "/memfd:a", "/tmp/a (deleted)"])
def test_files_without_a_name(path: str) -> None:
    assert is_nameless(path)
