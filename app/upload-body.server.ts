/** So much is still read of a file that is refused: a browser takes in no answer while it sends. */
const MOST_UNREAD_BYTES = 50_000_000;

/**
 * Reads a request's body as it comes in, never held as a whole. The reader may stop where it likes;
 * the connection stays open for the answer.
 */
export async function readBody<T>(
  { body }: Request,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const reader = body?.getReader() ?? null;
  const answer = await read(chunksOf(reader));
  let unread = 0;
  for await (const chunk of chunksOf(reader)) {
    unread += chunk.byteLength;
    if (unread > MOST_UNREAD_BYTES) break;
  }
  await reader?.cancel();
  return answer;
}

/** What is left of it; stopping in between lets go of nothing. */
async function* chunksOf(
  reader: ReadableStreamDefaultReader<Uint8Array> | null,
): AsyncGenerator<Uint8Array> {
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    yield step.value;
  }
}
