# title: a socket for every packet is opened
# technique: T1040
# expects: packet-socket-opened
# run: --cap-add NET_RAW
# needs: python3
python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)'
