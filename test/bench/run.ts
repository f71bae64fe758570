import { readdir } from "node:fs/promises";

/**
 * `npm run bench -- NAME` runs test/bench/NAME.bench.ts; its last line is one line of JSON. It fails
 * where a figure is outside the limits that the benchmark names.
 */
const SUFFIX = ".bench.ts";
const name = process.argv[2] ?? "";
const files = await readdir(new URL(".", import.meta.url));
const names = files
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));

interface Benchmark {
  bench(): Promise<Record<string, number>>;
  /** Each limit in words, and whether the figures keep it. */
  limits?(figures: Record<string, number>): [limit: string, isKept: boolean][];
}

if (names.includes(name)) {
  const { bench, limits } = (await import(
    new URL(`${name}${SUFFIX}`, import.meta.url).href
  )) as Benchmark;
  const figures = await bench();
  const broken = (limits?.(figures) ?? []).filter(([, isKept]) => !isKept);
  for (const [limit] of broken) console.error(`Not kept: ${limit}`);
  if (broken.length > 0) process.exitCode = 1;
  console.log(JSON.stringify(figures));
} else {
  console.error(
    `There is no benchmark “${name}”. There ${names.length ? `are: ${names.join(", ")}` : "are none yet"}.`,
  );
  process.exitCode = 1;
}
