# title: a supervisor starts, restarts and ends its children
# needs: python3
set -e
python3 - <<'P'
import signal, subprocess
for _ in range(5):
    children = [subprocess.Popen(["sleep", "5"]) for _ in range(4)]
    for child in children: child.send_signal(signal.SIGTERM)
    for child in children: child.wait()
subprocess.run(["sh", "-c", "trap 'exit 0' TERM; kill -TERM $$"], check=True)
P
