import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { Pool } from "pg";

/** The least that could be called honest: the HMAC is checked and the raw body is one row. */
const secret = process.env["SHOPIFY_API_SECRET"] ?? "";
const pool = new Pool({
  connectionString: process.env["DATABASE_URL"],
  max: Number(process.env["BARE_POOL"] ?? 10),
});
await pool.query("CREATE TABLE bare (id bigserial PRIMARY KEY, body text NOT NULL)");

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const given = Buffer.from(`${request.headers["x-shopify-hmac-sha256"]}`, "base64");
    const expected = createHmac("sha256", secret).update(body).digest();
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isSigned) return void response.writeHead(401).end();
    pool.query("INSERT INTO bare (body) VALUES ($1)", [body.toString("utf8")]).then(
      () => response.writeHead(200, { "content-length": 0 }).end(),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(Number(process.env["PORT"]), "127.0.0.1");
