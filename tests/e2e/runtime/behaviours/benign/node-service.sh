# title: a service in node answers, starts a child and a worker
# needs: node
set -e
node -e '
const http = require("http"), { execFile } = require("child_process"), { Worker } = require("worker_threads");
const server = http.createServer((_, answer) => answer.end("ok")).listen(0, "127.0.0.1", () => {
  let left = 50; const port = server.address().port;
  const one = () => http.get({ port, host: "127.0.0.1" }, r => { r.resume(); r.on("end", () => --left ? one() : done()) });
  const done = () => new Worker("1", { eval: true }).on("exit", () => execFile("date", () => process.exit(0)));
  one();
});'
