import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";

/** All that an answer says: its status, headers and body; of a ZIP, the names and files in it. */
export async function wholeAnswer(answer: Response): Promise<string> {
  const head = `${answer.status} ${JSON.stringify([...answer.headers])}`;
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isZip = answer.headers.get("content-type") === "application/zip";
  return `${head}\n${isZip ? await unzipped(bytes) : bytes.toString("utf8")}`;
}

async function unzipped(bytes: Buffer): Promise<string> {
  const zip = await fromBufferPromise(bytes);
  const files: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    files.push(`${entry.fileName}\n${content.toString("utf8")}`);
  }
  return files.join("\n");
}
