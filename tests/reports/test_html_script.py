import re

from pratique.reports._html_script import SCRIPT


def test_it_writes_text_only_and_asks_for_nothing():
    """No end tag, no request, no markup made of strings, nothing stored."""
    assert "</" not in SCRIPT
    words = r"https?:|fetch|XMLHttp|eval|Function\(|innerHTML|insertAdjacent|document\.write|Storage|cookie"
    assert not re.search(words, SCRIPT)
