import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

/** One delivery of the file, with all that can be known before it is sent. */
export interface Prepared {
  shop: string;
  body: Buffer;
  hmac: string;
  /** Where in the body the order's id stands. */
  idPlaces: number[];
  idLength: number;
}

const prepared = new Map<string, Prepared[]>();

/** Reads lines of { shop, orderId, body }, each file once. */
export function prepare(file: string, secret: string): Prepared[] {
  const known = prepared.get(file);
  if (known) return known;
  const deliveries = Array.from(linesOf(readFileSync(file)), (line) => {
    const { shop, orderId, body } = JSON.parse(line) as Record<"shop" | "orderId" | "body", string>;
    const bytes = Buffer.from(body);
    const idPlaces = placesOf(bytes, orderId);
    return { shop, body: bytes, hmac: sign(bytes, secret), idPlaces, idLength: orderId.length };
  });
  prepared.set(file, deliveries);
  return deliveries;
}

/** A minute's deliveries are more than one string can hold. */
function* linesOf(file: Buffer): Generator<string> {
  for (let from = 0; from < file.length;) {
    const found = file.indexOf("\n", from);
    const end = found < 0 ? file.length : found;
    yield file.toString("utf8", from, end);
    from = end + 1;
  }
}

/** The same delivery as of another order, whose id has as many digits. */
export function renumbered(delivery: Prepared, orderId: string, secret: string): Prepared {
  if (orderId.length !== delivery.idLength) throw new Error("ids of different lengths");
  const body = Buffer.from(delivery.body);
  for (const place of delivery.idPlaces) body.write(orderId, place, "latin1");
  return { ...delivery, body, hmac: sign(body, secret) };
}

function sign(body: Buffer, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

function placesOf(body: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = body.indexOf(text); at >= 0; at = body.indexOf(text, at + text.length))
    places.push(at);
  return places;
}
