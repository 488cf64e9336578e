# title: one line of python gives a shell a terminal
# technique: T1059.006
# expects: terminal-for-a-shell
# needs: python3
python3 -c 'import pty; pty.spawn(["/bin/sh", "-c", "exit"])' || true
