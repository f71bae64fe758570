import { Transform } from "node:stream";

/**
 * Replaces text in a stream without waiting for its end, so that a page still streams. Works on
 * bytes (latin1 keeps each as it is) and holds back only what could be half an occurrence.
 */
export function replaceInStream(search: string, replacement: string): Transform {
  let kept = "";
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = (kept + chunk.toString("latin1")).replaceAll(search, replacement);
      const keep = halfOccurrence(text, search);
      kept = text.slice(text.length - keep);
      done(null, Buffer.from(text.slice(0, text.length - keep), "latin1"));
    },
    flush(done) {
      done(null, Buffer.from(kept, "latin1"));
    },
  });
}

/** Length of the longest end of `text` that begins `search`. */
function halfOccurrence(text: string, search: string): number {
  for (let length = Math.min(search.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(search.slice(0, length))) return length;
  }
  return 0;
}
