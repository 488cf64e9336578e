# title: a command is decoded and run in one line
# technique: T1140
# expects: encoded-command
sh -c 'echo dHJ1ZQo= | base64 -d | sh'
