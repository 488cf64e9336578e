# title: the name of a mining pool is asked for
# technique: T1496
# expects: miner-pool-asked
# needs: python3
python3 - <<'P'
import socket
name = b"".join(bytes([len(one)]) + one for one in (b"pool", b"supportxmr", b"com")) + b"\0"
query = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + name + b"\x00\x01\x00\x01"
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    one.sendto(query, ("127.0.0.1", 53))
P
