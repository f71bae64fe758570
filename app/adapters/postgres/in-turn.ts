import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./is-alive.ts";

const LOOK_AGAIN_MS = 100;
/** Longer than a start takes; after it even a living process is a stranger with a reused id. */
const LONGEST_TURN_MS = 120_000;

/** Processes that start on one folder take turns: the first makes the cluster, the others find it. */
export async function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = path.join(folder, "starting.pid");
  while (!(await take(lock))) await sleep(LOOK_AGAIN_MS);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** A link is made whole or not at all, so nobody ever reads a lock without its owner. */
async function take(lock: string): Promise<boolean> {
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(lock, "utf8"));
    const { mtimeMs } = await stat(lock);
    return !isAlive(owner) || Date.now() - mtimeMs > LONGEST_TURN_MS;
  } catch {
    return false;
  }
}
