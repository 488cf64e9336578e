# title: the container runtime is opened for writing
# technique: T1611
# expects: engine-program-overwritten
# needs: python3
mkdir -p /usr/local/sbin; cp /bin/true /usr/local/sbin/runc
python3 -c 'import os; os.close(os.open("/usr/local/sbin/runc", os.O_WRONLY))'
