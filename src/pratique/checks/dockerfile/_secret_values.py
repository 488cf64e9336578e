"""
Know a few credentials by their form: those whose beginning says what they are.

The scanner of secrets knows hundreds; these serve to follow a value by its form where its name says
nothing. Sources: the formats that GitHub, GitLab, AWS, Slack, Stripe, Google, npm and PyPI document.
"""

import re

_FORMS = re.compile(
    r"gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60}|glpat-[A-Za-z0-9_-]{20}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|xox[abprs]-[0-9A-Za-z-]{20}|[sr]k_live_[0-9A-Za-z]{20}"
    r"|AIza[0-9A-Za-z_-]{35}|npm_[A-Za-z0-9]{36}|pypi-AgEI[A-Za-z0-9_-]{50}"
    r"|dckr_pat_[A-Za-z0-9_-]{27}|hf_[A-Za-z0-9]{34}"
    r"|-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@$\"']{1,100}:([^\s/@$\"'{]{3,200})@")
_LONGEST = 100_000


def is_secret_value(text: str) -> bool:
    """
    Say whether a text holds a credential by its form.

    >>> is_secret_value("gh" + "p_" + "a1" * 18), is_secret_value("hunter2")
    (True, False)
    """
    return _FORMS.search(text[:_LONGEST]) is not None


def password_in_address(text: str) -> bool:
    """
    Say whether a text holds an address with a password in it, written out.

    >>> password_in_address("https://me:" + "hunter2" + "@x.example"), password_in_address("https://me:$P@x")
    (True, False)
    """
    return _ADDRESS.search(text[:_LONGEST]) is not None
