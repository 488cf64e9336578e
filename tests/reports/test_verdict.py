from msgspec.structs import replace

from pratique.model.verdict import Answer
from pratique.reports import _verdict as words
from tests.makers import report as made
from tests.makers.contraband import verdict


def test_the_headline_counts_what_decided():
    """Two denials are two reasons; an allowance needs none."""
    heads = {answer: words.headline(verdict(answer)) for answer in Answer}
    assert heads == {
        Answer.ALLOW: "nothing speaks against it",
        Answer.WARN: "1 thing should be mended",
        Answer.UNDECIDED: "1 thing could not be seen",
        Answer.DENY: "2 reasons against it",
    }


def test_policy_and_baseline_are_named():
    """Which rules decided, in which version, compared with what."""
    found = replace(verdict(), baseline="sha256:1234")
    assert (
        words.judged_by(found) == "policy baseline, version 3b3b3b3b3b3b, compared with sha256:1234"
    )


def test_expired_exceptions_come_first():
    """Somebody has to decide again, so they are not buried."""
    assert words.waiver_words(verdict()) == "1 expired, 1 applied"
    assert words.waiver_words(replace(verdict(), waivers=())) == ""


def test_new_is_what_the_baseline_lacks():
    """Without a baseline nothing is called new, nor old."""
    subject = made.judged(Answer.DENY)
    assert words.new_ids(subject) is None
    held = tuple(one.id for one in subject.findings[1:])
    against = replace(subject.verdict, baseline="report.json", accepted=held)
    assert words.new_ids(replace(subject, verdict=against)) == {subject.findings[0].id}
