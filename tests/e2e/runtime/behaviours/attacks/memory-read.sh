# title: another process's memory is read
# technique: T1003.007
# expects: process-memory-read
# run: --cap-add SYS_PTRACE
# needs: dd
sleep 5 & target=$!
dd if="/proc/$target/mem" of=/dev/null bs=1 count=0 2>/dev/null || true
kill "$target"
