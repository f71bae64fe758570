import { readdir } from "node:fs/promises";

/** `npm run bench -- NAME` runs test/bench/NAME.bench.ts; its last line is one line of JSON. */
const SUFFIX = ".bench.ts";
const name = process.argv[2] ?? "";
const files = await readdir(new URL(".", import.meta.url));
const names = files
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));

if (names.includes(name)) {
  const { bench } = (await import(new URL(`${name}${SUFFIX}`, import.meta.url).href)) as {
    bench(): Promise<Record<string, number>>;
  };
  console.log(JSON.stringify(await bench()));
} else {
  console.error(
    `There is no benchmark “${name}”. There ${names.length ? `are: ${names.join(", ")}` : "are none yet"}.`,
  );
  process.exitCode = 1;
}
