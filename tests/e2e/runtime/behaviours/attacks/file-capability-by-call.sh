# title: capabilities are set on a program by the call itself
# technique: T1548
# expects: file-capability-set
# needs: python3
cp /bin/true /opt/t; python3 - <<'P'
import os
os.setxattr("/opt/t", "security.capability", bytes.fromhex("0100000282000000" "000000000000000000000000")[:20])
P
