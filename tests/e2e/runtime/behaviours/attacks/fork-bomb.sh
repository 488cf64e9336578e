# title: a thousand processes begin and stay; the limit of the container stops them
# technique: T1499
# expects: fork-bomb
# run: --pids-limit 1500
# needs: python3
python3 - <<'P'
import os, signal, time
children = []
for _ in range(1200):
    pid = os.fork()
    if pid == 0:
        time.sleep(20); os._exit(0)
    children.append(pid)
for pid in children: os.kill(pid, signal.SIGKILL)
for pid in children: os.waitpid(pid, 0)
P
