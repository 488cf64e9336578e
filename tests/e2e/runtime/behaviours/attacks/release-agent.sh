# title: the release agent is written, in a hierarchy of its own
# technique: T1611
# expects: release-agent-written
# needs: python3
python3 -c '
try: open("/sys/fs/cgroup/pids/release_agent", "w")
except OSError: pass'
