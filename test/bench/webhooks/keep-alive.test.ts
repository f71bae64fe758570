import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { keptConnection } from "./keep-alive.ts";

async function connectionTo(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const connection = keptConnection(new URL(`http://127.0.0.1:${port}/webhooks`));
  onTestFinished(() => {
    connection.end();
    server.closeAllConnections();
    server.close();
  });
  return { connection, server };
}

const REQUEST = Buffer.from("POST /webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi");

test("answers with a length, in chunks and without a body follow one another on one connection", async () => {
  const answers: RequestListener[] = [
    (_, response) => response.writeHead(200, { "content-length": 3 }).end("yes"),
    (_, response) => response.writeHead(401).end(),
    (_, response) => {
      response.writeHead(500).write("a first piece");
      response.end("a second");
    },
    (_, response) => response.writeHead(200, { "content-length": 0 }).end(),
  ];
  const ports = new Set<number | undefined>();
  const { connection } = await connectionTo((request, response) => {
    ports.add(request.socket.remotePort);
    answers.shift()?.(request, response);
  });
  const statuses: number[] = [];
  for (let sent = 0; sent < 4; sent += 1) statuses.push(await connection.ask(REQUEST));
  expect(statuses).toEqual([200, 401, 500, 200]);
  expect(ports.size).toBe(1);
});

test("a request that is cut off has no status, and the next one goes over a new connection", async () => {
  let isFirst = true;
  const { connection } = await connectionTo((request, response) => {
    if (isFirst) request.socket.destroy();
    else response.end("fine");
    isFirst = false;
  });
  expect(await connection.ask(REQUEST)).toBe(0);
  expect(await connection.ask(REQUEST)).toBe(200);
});
