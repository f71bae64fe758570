import { isLocked, isNotATable, UploadRefusal } from "./upload-refusal.ts";

export type TextEncoding = "utf8" | "utf-16le" | "utf-16be";

/** "unknown" is UTF-8 or Windows-1252: the first byte above ASCII decides. */
export type UploadFormat = { kind: "zip" } | { kind: "text"; encoding: TextEncoding | "unknown" };

const SIGNATURES: [start: string | number[], what: string][] = [
  ["%PDF-", "a PDF"],
  [[0x89, 0x50, 0x4e, 0x47], "a picture (PNG)"],
  [[0xff, 0xd8, 0xff], "a picture (JPEG)"],
  ["GIF8", "a picture (GIF)"],
  ["II*\0", "a picture (TIFF)"],
  ["MM\0*", "a picture (TIFF)"],
  [[0x1f, 0x8b], "a packed archive (gzip)"],
  [[0x37, 0x7a, 0xbc, 0xaf], "a packed archive (7z)"],
  ["Rar!", "a packed archive (RAR)"],
  ["{\\rtf", "a text document (RTF)"],
];

const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const MARKUP = /^\s*<(\?xml|!doctype|html|head|body|table|meta)\b/i;

/** Recognises a file by its first bytes, never by its name; refuses what is no table. */
export function recogniseFormat(head: Buffer): UploadFormat {
  if (head.length === 0) throw isEmpty();
  const found = SIGNATURES.find(([start]) => startsWith(head, start));
  if (found) throw isNotATable(found[1]);
  const boxType = head.toString("latin1", 4, 12);
  if (boxType.startsWith("ftyp")) throw isNotATable("a picture or a video");
  if (startsWith(head, "RIFF") && boxType.endsWith("WEBP")) throw isNotATable("a picture (WebP)");
  if (startsWith(head, COMPOUND_FILE)) throw compoundFile(head);
  if (startsWith(head, "PK\x03\x04") || startsWith(head, "PK\x05\x06")) return { kind: "zip" };
  if (MARKUP.test(head.toString("latin1", 0, 1024).replace(/^ï»¿/, ""))) {
    throw isNotATable("a web page or XML");
  }
  return { kind: "text", encoding: encodingOf(head) };
}

export function isEmpty(): UploadRefusal {
  return new UploadRefusal(
    "upload-empty",
    "This file holds no rows. Upload one with a code and its partner in each row.",
  );
}

function startsWith(head: Buffer, start: string | number[]): boolean {
  const bytes = typeof start === "string" ? Buffer.from(start, "latin1") : Buffer.from(start);
  return head.subarray(0, bytes.length).equals(bytes);
}

/** An old .xls and a password-protected .xlsx share their container ([MS-CFB], [MS-OFFCRYPTO] 2.3). */
function compoundFile(head: Buffer): UploadRefusal {
  if (head.includes(Buffer.from("EncryptedPackage", "utf16le"))) return isLocked();
  return new UploadRefusal(
    "upload-format",
    "This file is an old Excel file (.xls), or one with a password. Open it in Excel, save it as .xlsx without a password and upload that.",
  );
}

function encodingOf(head: Buffer): TextEncoding | "unknown" {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return "utf8";
  if (startsWith(head, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(head, [0xfe, 0xff])) return "utf-16be";
  return utf16WithoutMark(head) ?? "unknown";
}

/** In UTF-16, delimiters, digits and Latin letters have a zero as their second or first byte. */
function utf16WithoutMark(head: Buffer): TextEncoding | null {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  let [zerosFirst, zerosSecond] = [0, 0];
  for (let at = 0; at < pairs * 2; at += 2) {
    const [first, second] = [head[at], head[at + 1]];
    if (first === 0 && second !== 0) zerosFirst += 1;
    if (second === 0 && first !== 0) zerosSecond += 1;
  }
  if (zerosSecond > pairs / 3 && zerosFirst === 0) return "utf-16le";
  if (zerosFirst > pairs / 3 && zerosSecond === 0) return "utf-16be";
  return null;
}
