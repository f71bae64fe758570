import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

// Below what Linux and macOS hand out of themselves (ip_local_port_range begins at 32768), or
// some connection might take the port between its being found free and its use.
const LOWEST = 20_000;
const END = 32_768;
const TRIES = 50;

/** A port nobody listens on, and which the system gives to nobody meanwhile. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, END);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${TRIES} ports tried between ${LOWEST} and ${END} is free.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, "listening");
  server.listen(port, "127.0.0.1");
  const isTaken = await listening.then(
    () => false,
    () => true,
  );
  server.close();
  return !isTaken;
}
