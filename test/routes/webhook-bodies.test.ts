import { createServer, request as open, type ClientRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { loadApp } from "#test/support/app.ts";
import { buy, webhookFor, type WebhookRequest } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const LARGEST_BODY = 16 * 1_024 * 1_024;
const SLOWEST_BODY_MS = 5_000;

/** The webhook handler over a socket, as server.ts mounts it. */
async function serveWebhooks(world: World) {
  const { prisma } = await loadApp(world);
  const { answerWebhook } = await import("#app/webhook-intake.server.ts");
  const { log } = await import("#app/db.server.ts");
  const logged = vi.spyOn(log, "error");
  const server = createServer((request, response) => {
    if (!answerWebhook(request, response)) response.writeHead(404).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    vi.useRealTimers();
    logged.mockRestore();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  /** A request of which only the head is sent; the server has taken it up. */
  const begin = async (headers: Record<string, string>, length: number) => {
    const all = { ...headers, "content-length": String(length) };
    const sending = open({ port, path: "/webhooks", method: "POST", headers: all });
    sending.on("error", () => undefined);
    sending.flushHeaders();
    const [received] = (await once(server, "request")) as [IncomingMessage];
    const answers = vi.fn();
    sending.on("response", answers);
    return { sending, received, answers };
  };
  return { prisma, logged, begin };
}

async function statusOf(sending: ClientRequest) {
  const [response] = (await once(sending, "response")) as [IncomingMessage];
  response.resume();
  return { status: response.statusCode, connection: response.headers.connection };
}

/** Not `once`: that fails at the error which comes first. */
const closed = (stream: IncomingMessage | ClientRequest) =>
  new Promise<void>((resolve) => stream.once("close", resolve));

const halfOf = ({ body }: WebhookRequest) => body.slice(0, Math.floor(body.length / 2));

test("a webhook too large, too slow or broken off is not stored, and the next one is taken in", async () => {
  const world = await createWorld();
  const { prisma, logged, begin } = await serveWebhooks(world);
  const webhook = webhookFor(world, buy(world));
  const length = Buffer.byteLength(webhook.body);

  const large = await begin(webhook.headers, LARGEST_BODY * 2);
  large.sending.write(Buffer.alloc(LARGEST_BODY + 1));
  // Without its end: nobody waits for the rest.
  expect(await statusOf(large.sending)).toEqual({ status: 413, connection: "close" });
  large.sending.destroy();

  const broken = await begin(webhook.headers, length);
  broken.sending.write(halfOf(webhook));
  await once(broken.received, "data");
  broken.sending.destroy();
  await closed(broken.received);

  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const slow = await begin(webhook.headers, length);
  slow.sending.write(halfOf(webhook));
  await once(slow.received, "data");
  vi.advanceTimersByTime(SLOWEST_BODY_MS - 1);
  expect(slow.received.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(slow.received.destroyed).toBe(true);
  await closed(slow.sending);
  expect(slow.answers).not.toHaveBeenCalled();
  vi.useRealTimers();

  expect(await prisma.delivery.count()).toBe(0);
  // What a sender does is nothing to be called for.
  expect(logged).not.toHaveBeenCalled();
  const whole = await begin(webhook.headers, length);
  whole.sending.end(webhook.body);
  expect(await statusOf(whole.sending)).toMatchObject({ status: 200 });
  expect(await prisma.delivery.count()).toBe(1);
});
