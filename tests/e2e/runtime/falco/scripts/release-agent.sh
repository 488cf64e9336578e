# rule: Detect release_agent File Container Escapes
# title: a file called release_agent is written with the right to mount
# run: --cap-add SYS_ADMIN
: >/srv/release_agent
