# title: a program runs from a hidden file
# technique: T1564.001
# expects: hidden-program
cp /bin/true /tmp/.x; /tmp/.x
