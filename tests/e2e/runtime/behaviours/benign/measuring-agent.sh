# title: an agent measures what runs
# needs: ps, df
set -e
for _ in 1 2 3; do ps aux >/dev/null; df -h >/dev/null; done
cat /proc/meminfo /proc/stat /proc/net/tcp /proc/self/status /proc/1/status /sys/class/net/lo/statistics/rx_bytes >/dev/null
