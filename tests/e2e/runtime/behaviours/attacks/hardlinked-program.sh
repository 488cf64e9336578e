# title: a dropped program runs through a second name
# technique: T1036
# expects: drifted-executable
cp /bin/true /opt/one; ln /opt/one /usr/local/bin/two; /usr/local/bin/two
