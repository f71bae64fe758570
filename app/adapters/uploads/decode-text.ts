import iconv from "iconv-lite";
import type { TextEncoding } from "./recognise-format.ts";
import { isNotATable } from "./upload-refusal.ts";

/** The longest UTF-8 character. */
const LONGEST_CHARACTER = 4;

/** Bytes as text, without the byte order mark. Binary data, known by its zeros, is refused. */
export async function* decodeText(
  bytes: AsyncIterable<Buffer>,
  encoding: TextEncoding | "unknown",
): AsyncGenerator<string> {
  const texts = encoding === "unknown" ? decodeUnknown(bytes) : decodeAs(bytes, encoding);
  for await (const text of texts) {
    if (text.includes("\0")) throw isNotATable("no text but binary data");
    if (text !== "") yield text;
  }
}

async function* decodeAs(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of bytes) yield decoder.write(chunk);
  yield decoder.end() ?? "";
}

/** ASCII is the same in both; what first lies above it is valid UTF-8, or the file is Windows-1252. */
async function* decodeUnknown(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: iconv.DecoderStream | null = null;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (decoder) {
      yield decoder.write(chunk);
      continue;
    }
    const rest = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    const ascii = lengthOfAscii(rest);
    yield rest.toString("latin1", 0, ascii);
    pending = rest.subarray(ascii);
    if (pending.length < LONGEST_CHARACTER) continue;
    decoder = iconv.getDecoder(encodingOf(pending, { goesOn: true }));
    yield decoder.write(pending);
  }
  if (decoder) yield decoder.end() ?? "";
  else yield iconv.decode(pending, encodingOf(pending, { goesOn: false }));
}

function lengthOfAscii(bytes: Buffer): number {
  const found = bytes.findIndex((byte) => byte > 0x7f);
  return found === -1 ? bytes.length : found;
}

function encodingOf(bytes: Buffer, { goesOn }: { goesOn: boolean }): "utf8" | "windows-1252" {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: goesOn });
    return "utf8";
  } catch {
    return "windows-1252";
  }
}
