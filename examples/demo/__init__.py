"""
Make the sample that ``make demo`` scans: a small image and a small advisory feed.

Everything in it is made up for this project: the CVE numbers lie in the year 2099, the versions
and flaws are invented. Package names are those of Debian where a reader should recognise them.
Standard library only; equal bytes on every run.
"""
