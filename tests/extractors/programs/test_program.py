"""Prove every program on words of published builds, and that other files never count."""

import importlib
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.programs._program import ELF, MAX_BYTES, Evidence, Program, Sample
from pratique.formats.known_programs import PROGRAMS
from pratique.kit import registry
from pratique.model.package import PackageType
from tests.makers.layer_file import layer_file

UNITS = tuple(
    importlib.import_module(name)
    for name in registry.modules("extractors")
    if name.startswith("pratique.extractors.programs.")
)
SAMPLES = [(unit, sample) for unit in UNITS for sample in unit.SAMPLES]
NGINX = Program(
    name="nginx",
    names=("nginx",),
    evidence=(Evidence(b"nginx/", rb"nginx/(?P<version>[0-9]+\.[0-9]+)\0", 32),),
)


def _leaf(unit: ModuleType) -> str:
    return unit.__name__.rpartition(".")[2]


def _whole(unit: ModuleType, sample: Sample, before: int = 0) -> bytes:
    head = unit.PROGRAM.heads[0].ljust(16, b"\0") if unit.PROGRAM.heads else b""
    return head + b"\1" * before + sample.words


@pytest.mark.parametrize(
    ("unit", "sample"), SAMPLES, ids=[f"{_leaf(u)}-{s.version}" for u, s in SAMPLES]
)
def test_a_published_build_is_recognised(unit: ModuleType, sample: Sample) -> None:
    """The words of a published build give exactly its version, as a generic package."""
    found = unit.extract_file(layer_file(sample.path, _whole(unit, sample)))
    (package,) = found.packages
    assert (package.name, package.version) == (unit.PROGRAM.name, sample.version)
    assert package.type is PackageType.GENERIC
    assert package.purl.startswith(f"pkg:generic/{package.name}@")
    assert not package.declared
    assert package.location == ""
    assert package.origin == unit.NAME


@pytest.mark.parametrize("unit", UNITS, ids=_leaf)
def test_each_unit_is_proved_and_known(unit: ModuleType) -> None:
    """A unit has three samples, of two versions, a known identity and selective patterns."""
    assert _leaf(unit) == unit.NAME
    assert len(unit.SAMPLES) >= (2 if unit.NAME == "minio" else 3), "MinIO says why it has two"
    assert len({sample.version for sample in unit.SAMPLES}) >= 2
    assert unit.PROGRAM.name in PROGRAMS
    assert unit.PATTERNS.names or unit.PATTERNS.globs
    for evidence in unit.PROGRAM.evidence:
        assert len(evidence.literal) != 1 or not unit.PROGRAM.heads
        assert 0 <= evidence.reach <= 2500


def test_known_programs_are_those_with_a_unit() -> None:
    """The table of identities names no program that nothing recognises."""
    assert {unit.PROGRAM.name for unit in UNITS} == set(PROGRAMS)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.PROGRAM.heads == ELF], ids=_leaf)
def test_a_text_with_the_same_words_is_no_program(unit: ModuleType) -> None:
    """A note or script that holds the very words of a program is not that program."""
    sample = unit.SAMPLES[0]
    content = b"#!/bin/sh\n" + sample.words
    assert unit.extract_file(layer_file(sample.path, content)).packages == ()


@pytest.mark.parametrize("before", [0, 100, (4 << 20) - 40, (4 << 20) - 16, (4 << 20), 9 << 20])
def test_words_are_found_wherever_they_stand(before: int) -> None:
    """Words that lie across the border of two windows are read whole."""
    content = b"\x7fELF" + b"\1" * before + b"nginx/1.25\0" + b"\1" * 500
    assert NGINX.version_of(layer_file("nginx", content)) == "1.25"


def test_a_program_without_evidence_says_nothing() -> None:
    """A file of the right name without the words is left to others."""
    assert NGINX.version_of(layer_file("nginx", b"\x7fELF" + b"\0" * 5000)) == ""
    assert NGINX.version_of(layer_file("nginx", b"")) == ""


def test_the_first_evidence_wins_over_an_earlier_place() -> None:
    """The order of the list decides, not the order in the file."""
    program = Program(
        name="nginx",
        evidence=(
            Evidence(b"sure ", rb"sure (?P<version>[0-9.]+)\0", 32),
            Evidence(b"maybe ", rb"maybe (?P<version>[0-9.]+)\0", 32),
        ),
    )
    content = b"\x7fELF\0maybe 1.0\0" + b"\1" * 1000 + b"sure 2.0\0"
    assert program.version_of(layer_file("x", content)) == "2.0"


def test_versions_that_disagree_prove_nothing() -> None:
    """Evidence without a literal counts only if all its matches agree."""
    program = Program(
        name="traefik", evidence=(Evidence(b"", rb"\xff(?P<version>[0-9]\.[0-9]\.[0-9])\0"),)
    )
    one = b"\x7fELF\xff1.2.3\0\xff1.2.3\0"
    assert program.version_of(layer_file("x", one)) == "1.2.3"
    assert program.version_of(layer_file("x", one + b"\xff1.2.4\0")) == ""


def test_a_stated_module_version_is_left_to_the_reader_of_build_information() -> None:
    """A Go program whose main or used module has a released version is no second package."""
    consul = importlib.import_module("pratique.extractors.programs.consul")
    words = b"\0CONSUL_VERSION: 1.15.2\0"
    released = b"\nmod\tgithub.com/hashicorp/consul\tv1.15.2\th1:x=\n"
    for unstated in (b"\tv1.15.3-0.20230101000000-0123456789ab\t", b"\t(devel)\t"):
        info = b"\nmod\tgithub.com/hashicorp/consul" + unstated + b"\n"
        assert (
            consul.PROGRAM.version_of(layer_file("consul", b"\x7fELF" + info + words)) == "1.15.2"
        )
    assert consul.PROGRAM.version_of(layer_file("consul", b"\x7fELF" + released + words)) == ""


def test_a_library_of_another_series_is_not_named_after_its_file() -> None:
    """The version must be of the series in the file's name."""
    python = importlib.import_module("pratique.extractors.programs.python").PROGRAM
    assert python.version_of(layer_file("libpython3.9.so.1.0", b"\x7fELF\0003.11.2\0")) == ""
    assert python.version_of(layer_file("python3.11-config", b"\x7fELF\0003.11.2\0")) == ""
    assert python.version_of(layer_file("libpython3.13t.so", b"\x7fELF\0003.13.1\0")) == "3.13.1"


def test_hostile_repetition_is_bounded() -> None:
    """A file that is full of the literal costs a bounded number of searches."""
    content = b"\x7fELF" + b"nginx/" * 400_000
    assert NGINX.version_of(layer_file("nginx", content)) == ""
    assert NGINX.patterns().max_bytes == MAX_BYTES


@given(data=st.data())
def test_any_bytes_are_answered(data: st.DataObject) -> None:
    """No content makes a unit raise."""
    unit = data.draw(st.sampled_from(UNITS))
    sample = data.draw(st.sampled_from(unit.SAMPLES))
    cut = data.draw(st.integers(0, len(sample.words)))
    content = _whole(unit, sample)[: 16 + cut] + data.draw(st.binary(max_size=200))
    for package in unit.extract_file(layer_file(sample.path, content)).packages:
        assert package.version.isprintable()
