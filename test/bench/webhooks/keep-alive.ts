import { once } from "node:events";
import { connect, type Socket } from "node:net";

const END_OF_HEAD = "\r\n\r\n";
const END_OF_CHUNKS = "\r\n0\r\n\r\n";

/** One kept connection, over which one request follows the other. */
export interface KeptConnection {
  /** Sends a whole request; the status of the answer, or 0 where there was none. */
  ask(request: Buffer): Promise<number>;
  end(): void;
}

/** As little as HTTP allows: what the generator spends, the servers under test lack. */
export function keptConnection(url: URL): KeptConnection {
  let socket: Socket | null = null;
  let heard = "";
  let answer: (status: number) => void = () => undefined;

  const finish = (status: number) => {
    heard = "";
    answer(status);
  };
  const open = async () => {
    const opened = connect(Number(url.port), url.hostname);
    opened.setNoDelay(true).setEncoding("latin1");
    await once(opened, "connect");
    opened.on("data", (text: string) => {
      heard += text;
      if (isWhole(heard)) finish(Number(heard.slice(9, 12)));
    });
    opened.on("error", () => undefined);
    opened.on("close", () => {
      if (socket === opened) socket = null;
      finish(0);
    });
    return opened;
  };

  return {
    async ask(request) {
      socket ??= await open();
      const answered = new Promise<number>((resolve) => {
        answer = resolve;
      });
      socket.write(request);
      return answered;
    },
    end: () => socket?.destroy(),
  };
}

function isWhole(heard: string): boolean {
  const head = heard.indexOf(END_OF_HEAD);
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(heard.slice(0, head))?.[1];
  if (length !== undefined) return heard.length >= head + END_OF_HEAD.length + Number(length);
  return heard.endsWith(END_OF_CHUNKS);
}
