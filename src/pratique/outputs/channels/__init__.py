"""Take the bytes of alerts to where they are wanted: a terminal, a file, a socket, a server, a program."""
