"""A pipeline file is written once, known as ours, and told to be stale when the repository grew."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.write_ci import Choices, Draft, State, draft, providers

FROM = "https://git.example/pratique@" + "0123456789" * 4
ASKED = Choices(origin=FROM)


def written(made: Draft) -> Draft:
    """Put the file where it belongs."""
    made.place.parent.mkdir(parents=True, exist_ok=True)
    made.place.write_text(made.content)
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a folder with one Dockerfile."""
    (tmp_path / "Dockerfile").write_text("FROM a\n")
    return tmp_path


@pytest.mark.parametrize("name", providers())
def test_every_file_goes_from_absent_to_current(repository: Path, name: str) -> None:
    first = written(draft(repository, name, ASKED))

    assert first.state is State.ABSENT
    assert draft(repository, name, ASKED).state is State.CURRENT
    # The choices are those that the file records.
    assert draft(repository, name, Choices()).state is State.CURRENT


def test_a_new_image_makes_it_stale(repository: Path) -> None:
    written(draft(repository, "github", ASKED))
    (repository / "api").mkdir()
    (repository / "api/Dockerfile").write_text("FROM a\n")
    later = draft(repository, "github", Choices())

    assert later.state is State.STALE
    assert "gate-api" in later.content


def test_another_choice_makes_it_stale_and_is_recorded(repository: Path) -> None:
    written(draft(repository, "gitlab", ASKED))
    later = draft(repository, "gitlab", Choices(policy="strict"))

    assert later.state is State.STALE
    assert "--policy strict" in later.content.splitlines()[0]
    assert FROM in later.content.splitlines()[0]


def test_what_a_person_changed_is_told(repository: Path) -> None:
    made = written(draft(repository, "github", ASKED))
    made.place.write_text(made.content.replace("timeout-minutes: 30", "timeout-minutes: 5"))

    assert draft(repository, "github", ASKED).state is State.EDITED


def test_another_file_is_foreign(repository: Path) -> None:
    place = repository / "bitbucket-pipelines.yml"
    place.write_text("pipelines: {}\n")

    assert draft(repository, "bitbucket", ASKED).state is State.FOREIGN


def test_where_this_copy_came_from_is_the_default(repository: Path) -> None:
    assert FROM in draft(repository, "circleci", Choices(), own=FROM).content


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (Choices(), "where do jobs get pratique from"),
        (Choices(origin="https://git.example/p@main"), "where do jobs get pratique from"),
        (Choices(origin="https://git.example/p;id@" + "0" * 40), "where do jobs get pratique from"),
        (Choices(origin="installed", policy="$(id)"), "--policy"),
        (Choices(origin="installed", policy="../p.yaml"), "--policy"),
        (Choices(origin="installed", fail_on="sometimes"), "--fail-on"),
        (Choices(origin="installed", runner="a b"), "--runner"),
    ],
)
def test_what_a_shell_could_misread_is_refused(
    repository: Path, choices: Choices, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        draft(repository, "github", choices)


def test_a_recorded_choice_is_not_trusted(repository: Path) -> None:
    """Whoever may write the file may not have a command run by the next `ci init`."""
    made = written(draft(repository, "github", ASKED))
    made.place.write_text(made.content.replace("--policy baseline", "--policy '$(id)'", 1))

    with pytest.raises(UsageError, match="--policy"):
        draft(repository, "github", Choices())


def test_a_repository_with_nothing_to_check_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to check"):
        draft(tmp_path, "github", ASKED)
