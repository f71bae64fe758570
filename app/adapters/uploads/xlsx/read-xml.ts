import sax from "sax";
import { isBroken, unpacksTooLarge } from "../upload-refusal.ts";

/** Far above what any part of a workbook needs. */
const DEEPEST = 100;
const MOST_ATTRIBUTES = 200;
const MOST_ELEMENTS = 20_000_000;

export interface XmlReader {
  /** Names come without a namespace prefix. */
  open(name: string, attributes: Record<string, string>): void;
  /** A long text comes in pieces. */
  text?(piece: string): void;
  close?(name: string): void;
}

/**
 * Feeds XML to a reader piece by piece, and hands on what it has gathered after each. Entities of a
 * DTD are never expanded.
 */
export async function* readXml<T>(
  pieces: AsyncIterable<string>,
  reader: XmlReader,
  take: () => T[],
): AsyncGenerator<T> {
  const parser = openParser(reader);
  for await (const piece of pieces) {
    parser.write(piece);
    yield* take();
  }
  parser.close();
  yield* take();
}

/** The same for a part that is small, or kept whole. */
export async function readWholeXml(
  pieces: AsyncIterable<string>,
  reader: XmlReader,
): Promise<void> {
  await readXml(pieces, reader, () => []).next();
}

function openParser(reader: XmlReader): sax.SAXParser {
  const parser = sax.parser(true, { position: false });
  let [depth, attributes, elements] = [0, 0, 0];
  parser.onerror = (error) => {
    throw isBroken(error.message);
  };
  parser.onattribute = () => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) throw unpacksTooLarge();
  };
  parser.onopentag = (tag) => {
    depth += 1;
    elements += 1;
    attributes = 0;
    if (depth > DEEPEST || elements > MOST_ELEMENTS) throw unpacksTooLarge();
    reader.open(localName(tag.name), tag.attributes as Record<string, string>);
  };
  parser.ontext = (piece) => reader.text?.(piece);
  parser.oncdata = (piece) => reader.text?.(piece);
  parser.onclosetag = (name) => {
    depth -= 1;
    reader.close?.(localName(name));
  };
  return parser;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
