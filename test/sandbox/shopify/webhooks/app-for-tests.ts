import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedWebhook {
  path: string;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

export interface AppForTests extends AsyncDisposable {
  url: string;
  received: ReceivedWebhook[];
}

/** A small app that notes what it gets and answers as told; "silence" never answers. */
export async function appForTests(
  answer: (delivery: ReceivedWebhook, index: number) => number | "silence" = () => 200,
): Promise<AppForTests> {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const delivery = {
      path: request.url ?? "",
      headers: request.headers,
      rawBody: Buffer.concat(chunks),
    };
    received.push(delivery);
    const status = answer(delivery, received.length - 1);
    if (status !== "silence") response.writeHead(status, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
