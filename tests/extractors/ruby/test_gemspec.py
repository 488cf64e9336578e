import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.ruby import gemspec
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

FOLDER = "usr/lib/ruby/gems/3.1.0/specifications"


def read(body: str, name: str = "x-1.0.gemspec", head: str = "") -> Extraction:
    text = f"{head}Gem::Specification.new do |s|\n{body}\nend\n"
    return gemspec.extract_file(layer_file(f"{FOLDER}/{name}", text))


def test_a_computed_version_comes_from_the_stub_or_the_file_name() -> None:
    """The specification is never run."""
    body = '  s.name = "rdoc"\n  s.version = RDoc::VERSION + "x"'
    stub = "# stub: rdoc 6.4.0 ruby lib\n"

    assert [p.version for p in read(body, head=stub).packages] == ["6.4.0"]
    assert [p.version for p in read(body, "rdoc-6.3.1.gemspec").packages] == ["6.3.1"]
    assert len(read(body, "rdoc.gemspec").unknowns) == 1


def test_a_platform_is_no_part_of_the_version() -> None:
    """It is a qualifier of the package URL."""
    body = (
        '  s.name = "nokogiri".freeze\n  s.version = "1.16.0"\n  s.platform = "x86_64-linux".freeze'
    )
    (found,) = read(body).packages

    assert (found.version, found.purl) == (
        "1.16.0",
        "pkg:gem/nokogiri@1.16.0?platform=x86_64-linux",
    )


def test_the_old_form_of_a_version_is_read() -> None:
    """As RubyGems wrote it before 1.8."""
    body = '  s.name = %q{rake}\n  s.version = Gem::Version.new "0.9.2"\n  s.license = "MIT"'
    (found,) = read(body).packages

    assert (found.name, found.version, found.licences) == ("rake", "0.9.2", ("MIT",))


def test_dependencies_at_run_time_are_kept() -> None:
    """Those for development are not what the gem needs."""
    body = (
        '  s.name = "a"\n  s.version = "1.0"\n'
        '  s.add_runtime_dependency(%q<b>.freeze, ["~> 1"])\n'
        '  s.add_dependency "c", ">= 0"\n  s.add_development_dependency(%q<d>, [">= 0"])'
    )

    assert read(body).packages[0].depends == ("b", "c")


def test_what_is_no_specification_is_a_format_error() -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        gemspec.extract_file(layer_file(f"{FOLDER}/x.gemspec", "puts 1\n"))


@given(mutated(*samples("gemspec")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(gemspec, "usr/lib/ruby/gems/3.1.0/specifications/x-1.0.gemspec", content)
