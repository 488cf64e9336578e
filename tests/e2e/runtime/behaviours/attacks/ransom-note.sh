# title: a demand for ransom is written
# technique: T1486
# expects: ransom-note-written
: >/srv/HOW_TO_DECRYPT.txt
