# title: the setuid bit is set through a descriptor
# technique: T1548.001
# expects: setuid-bit-set
# needs: python3
python3 -c 'import os; f = os.open("/opt/t", os.O_CREAT | os.O_RDWR); os.fchmod(f, 0o4755)'
