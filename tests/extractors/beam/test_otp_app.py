import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.beam import otp_app
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "opt/app/lib/jose-1.11.1/ebin/jose.app"


def test_licences_and_needs_are_kept() -> None:
    """Where the file states them."""
    text = '{application,jose,[{vsn,"1.11.1"},{applications,[stdlib,kernel]},{licenses,["MIT"]}]}.'
    (found,) = otp_app.extract_file(layer_file(PATH, text)).packages

    assert (found.licences, found.depends) == (("MIT",), ("kernel", "stdlib"))
    assert found.purl == "pkg:hex/jose@1.11.1"


def test_an_application_without_a_version_is_none() -> None:
    """It was never released."""
    assert otp_app.extract_file(layer_file(PATH, "{application,a,[{vsn,[]}]}.")).packages == ()


def test_a_version_that_is_none_is_said() -> None:
    """It becomes an Unknown."""
    found = otp_app.extract_file(layer_file(PATH, '{application,a,[{vsn,"a b"}]}.'))

    assert (found.packages, len(found.unknowns)) == ((), 1)


@pytest.mark.parametrize("text", ["", "{a,b}.", "{application,a}.", "{application,[],[]}."])
def test_what_is_no_resource_file_is_a_format_error(text: str) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        otp_app.extract_file(layer_file(PATH, text))


@given(mutated(*samples("otp_app")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(otp_app, "lib/a/ebin/a.app", content)
