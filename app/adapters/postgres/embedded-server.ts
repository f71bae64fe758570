import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, statfs, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { freePort } from "./free-port.ts";
import { inTurn } from "./in-turn.ts";
import { isAlive } from "./is-alive.ts";
import { checkReachable, runProgram, serverUser } from "./postgres-programs.ts";
import { DatabaseStartError } from "./database-start-error.ts";

export interface EmbeddedServer {
  connectionString: string;
  /** Stops the server if this process is its owner; a second process leaves it running. */
  stop(): Promise<void>;
}

const DATABASE = "partner_codes";
const LEAST_FREE_BYTES = 200 * 1024 * 1024;

/**
 * Starts the PostgreSQL that npm brought, with its data under `dataDir`, or joins the one that
 * already runs there (a second process, or one left behind by a hard kill).
 * Throws DatabaseStartError, whose message tells the operator what to do.
 */
export async function startEmbeddedServer(dataDir: string): Promise<EmbeddedServer> {
  const folder = path.resolve(dataDir);
  await checkFolder(folder);
  return inTurn(folder, () => startIn(folder));
}

async function startIn(folder: string): Promise<EmbeddedServer> {
  const cluster = path.join(folder, "postgres");
  const password = await readOrMakePassword(folder);
  if (!existsSync(path.join(cluster, "PG_VERSION"))) await createCluster(folder, cluster);

  const running = await findRunning(cluster, password);
  const isOwner = await claimOwnership(folder, running !== null);
  const port = running ?? (await launch(folder, cluster, password));
  const connectionString = urlFor(port, password, DATABASE);
  await createDatabase(urlFor(port, password, "postgres"));

  return {
    connectionString,
    stop: async () => {
      if (!isOwner) return;
      await runProgram("pg_ctl", ["stop", "-D", cluster, "-m", "fast", "-w"]);
      await rm(path.join(folder, "owner.pid"), { force: true });
    },
  };
}

async function checkFolder(folder: string): Promise<void> {
  const probe = path.join(folder, `.writable-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, "");
    await unlink(probe);
  } catch (error) {
    throw DatabaseStartError.from(error, folder);
  }
  checkReachable(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < LEAST_FREE_BYTES) {
    throw new DatabaseStartError(
      `The disk that holds ${folder} is full. Free at least 200 MB there, or set DATA_DIR to a folder on another disk.`,
    );
  }
}

async function readOrMakePassword(folder: string): Promise<string> {
  const file = path.join(folder, "postgres-password");
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600, flag: "wx" });
  }
  return (await readFile(file, "utf8")).trim();
}

/** initdb works in a folder of its own that is renamed at the end: a kill half-way leaves no half cluster. */
async function createCluster(folder: string, cluster: string): Promise<void> {
  const unfinished = `${cluster}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const user = await serverUser();
  const passwordCopy = path.join(folder, "initdb-password");
  await writeFile(passwordCopy, await readOrMakePassword(folder), { mode: 0o600 });
  if (user) {
    await chown(unfinished, user.uid, user.gid);
    await chown(passwordCopy, user.uid, user.gid);
  }
  try {
    const flags = ["--auth=scram-sha-256", "--username=postgres", "--encoding=UTF8", "--locale=C"];
    await runProgram("initdb", [...flags, `--pgdata=${unfinished}`, `--pwfile=${passwordCopy}`]);
  } finally {
    await rm(passwordCopy, { force: true });
  }
  await rename(unfinished, cluster);
}

/** The port of the server that runs on this cluster, or null; a stale pid file is taken away. */
async function findRunning(cluster: string, password: string): Promise<number | null> {
  const pidFile = path.join(cluster, "postmaster.pid");
  const lines = await readFile(pidFile, "utf8").then(
    (text) => text.split("\n"),
    () => null,
  );
  if (!lines) return null;
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (port && (await answers(urlFor(port, password, "postgres")))) return port;
  // PostgreSQL itself refuses to start while *any* process has that id; ours may belong to a stranger.
  if (!(await isPostgres(pid))) await rm(pidFile, { force: true });
  return null;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "postgres");
  return name.trim() === "postgres";
}

/** Whoever starts the server, or finds it orphaned, stops it; everybody else only uses it. */
async function claimOwnership(folder: string, isRunning: boolean): Promise<boolean> {
  const file = path.join(folder, "owner.pid");
  const owner = Number(await readFile(file, "utf8").catch(() => "0"));
  if (isRunning && owner !== process.pid && owner > 0 && isAlive(owner)) return false;
  await writeFile(file, String(process.pid));
  return true;
}

async function launch(folder: string, cluster: string, password: string): Promise<number> {
  const port = await freePort();
  const log = path.join(cluster, "server.log");
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
  try {
    await runProgram("pg_ctl", [
      "start",
      "-D",
      cluster,
      "-w",
      "-t",
      "60",
      "-l",
      log,
      "-o",
      settings,
    ]);
  } catch (error) {
    // Somebody else may have started it in the same second.
    const running = await findRunning(cluster, password);
    if (running) return running;
    const tail = await readFile(log, "utf8").catch(() => "");
    throw DatabaseStartError.from(error, folder, tail.trim().split("\n").slice(-3).join("\n"));
  }
  return port;
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    const duplicate = "42P04";
    if ((error as { code?: string }).code !== duplicate) throw error;
  } finally {
    await client.end();
  }
}

function urlFor(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}
