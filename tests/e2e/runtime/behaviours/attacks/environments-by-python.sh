# title: python reads the environment of every process
# technique: T1552.007
# expects: environment-of-another-read
# needs: python3
python3 - <<'P'
import glob
for p in glob.glob("/proc/[0-9]*/environ"): open(p,"rb").read()
P
