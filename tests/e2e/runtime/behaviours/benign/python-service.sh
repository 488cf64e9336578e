# title: threads, processes, a pool and sockets of a service in python
# needs: python3
set -e
python3 - <<'P'
import concurrent.futures, json, multiprocessing, socket, subprocess, sys, tempfile, threading
def square(number): return number * number
if __name__ == "__main__":
    server = socket.create_server(("127.0.0.1", 0)); port = server.getsockname()[1]
    def answer():
        for _ in range(50):
            peer, _ = server.accept(); peer.sendall(peer.recv(64)); peer.close()
    threading.Thread(target=answer, daemon=True).start()
    def ask(number):
        with socket.create_connection(("127.0.0.1", port)) as one:
            one.sendall(json.dumps(number).encode()); return int(one.recv(64))
    with concurrent.futures.ThreadPoolExecutor(4) as pool: assert sum(pool.map(ask, range(50))) == 1225
    with multiprocessing.Pool(2) as pool: assert pool.map(square, [1, 2]) == [1, 4]
    subprocess.run(["date"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run("ls -l /srv | wc -l", shell=True, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryFile() as file: file.write(b"x" * 100000)
P
