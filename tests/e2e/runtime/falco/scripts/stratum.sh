# rule: Detect crypto miners using the Stratum protocol
# title: a program is told to speak the protocol of mining pools
/bin/true -o stratum+tcp://198.51.100.7:3333
