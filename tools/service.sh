#!/bin/bash
# What is done in the virtual machine of `python -m tools.service`, each step told on its console.
unit=pratique-watch
alerts=/var/log/pratique/alerts.json
watching='pratique: watching'

# Try something for two minutes, and say how it went.
step() {
  local name=$1
  shift
  for _ in {1..120}; do
    if "$@" >/dev/null 2>&1; then
      echo "step: $name: ok"
      return
    fi
    sleep 1
  done
  echo "step: $name: failed"
  journalctl -u "$unit" --no-pager | tail -5
}
property() { systemctl show "$unit" -p "$1" --value; }
started() { [ "$(journalctl -u "$unit" -o cat | grep -c "$watching")" = "$1" ]; }
of_process() { grep -q "^$1:[[:space:]]$2" "/proc/$(property MainPID)/status"; }
in_journal() { journalctl -u "$unit" -p "$1" -o cat | grep -q "$2"; }
metrics() {
  python3 -c 'import urllib.request as r; print(r.urlopen("http://127.0.0.1:9464/metrics").read())' |
    grep -q pratique_events_total
}
reloaded() { systemctl reload "$unit" && systemctl is-active "$unit"; }
restarted() { started 2 && [ "$(property NRestarts)" = 1 ]; }
status() { property StatusText | grep -Eq '^[1-9][0-9]* events, '; }
hung() { started 3 && [ "$(property NRestarts)" = 2 ]; }
stopped() { systemctl stop "$unit" && [ "$(property Result)$(property ExecMainStatus)" = success0 ]; }

step started started 1
step user of_process Uid "$(id -u pratique)"
step capabilities of_process CapEff 000000c000081004
cp /bin/true /dev/shm/dropped
/dev/shm/dropped
step file grep -q execution-from-shared-memory "$alerts"
step journal in_journal err execution-from-shared-memory
step metrics metrics
step reload reloaded
kill -9 "$(property MainPID)"
step restarted restarted
step status status
kill -STOP "$(property MainPID)"
step hung hung
step gap in_journal warning not-watched
step stopped stopped
step verified systemd-analyze verify --man=no "/etc/systemd/system/$unit.service"
echo "step: exposure: $(systemd-analyze security --no-pager "$unit" | tail -1)"
journalctl -u "$unit" --no-pager -o cat | sed 's/^/step:   /'
sleep 1
