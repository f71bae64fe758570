import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "partner-codes-server-"));
  // The server runs as another user when the tests run as root.
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the folder's database, and what it says the address is. */
async function ownerOf(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const script = path.resolve("test/adapters/postgres/server-owner.ts");
  const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    child.kill("SIGTERM");
  });
  const [url] = (await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(() => Promise.reject(new Error("The owner ended."))),
  ])) as [Buffer];
  return { child, url: String(url).trim() };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

test("a second process shares the server of the first, and leaves it running when it stops", async () => {
  const folder = await dataFolder();
  const { child, url } = await ownerOf(folder);
  const second = await startEmbeddedServer(folder);
  expect(second.connectionString).toBe(url);
  await second.stop();
  expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await end(child, "SIGTERM");
  await expect(query(url, "SELECT 1")).rejects.toThrow();
});

test("after a hard kill of its owner the server is adopted with its data, and then stopped", async () => {
  const folder = await dataFolder();
  const { child, url } = await ownerOf(folder);
  await query(url, "CREATE TABLE kept AS SELECT 42 AS answer");
  await end(child, "SIGKILL");
  const adopted = await startEmbeddedServer(folder);
  expect(adopted.connectionString).toBe(url);
  expect(await query(adopted.connectionString, "SELECT answer FROM kept")).toEqual([
    { answer: 42 },
  ]);
  await adopted.stop();
  await expect(query(url, "SELECT 1")).rejects.toThrow();
});

/** The pid of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["--eval", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a pid file left behind stops no start, whether its process is dead or a stranger's", async () => {
  const folder = await dataFolder();
  const first = await startEmbeddedServer(folder);
  const pidFile = path.join(folder, "postgres/postmaster.pid");
  const lines = (await readFile(pidFile, "utf8")).split("\n");
  await query(first.connectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
  await first.stop();
  for (const pid of [await deadPid(), process.pid]) {
    await writeFile(pidFile, [pid, ...lines.slice(1)].join("\n"));
    const server = await startEmbeddedServer(folder);
    expect(await query(server.connectionString, "SELECT answer FROM kept")).toEqual([
      { answer: 42 },
    ]);
    await server.stop();
  }
});

test("an initdb that was killed half-way is done again from the start", async () => {
  const folder = await dataFolder();
  await mkdir(path.join(folder, "postgres.new/base"), { recursive: true });
  await writeFile(path.join(folder, "postgres.new/PG_VERSION"), "18");
  await writeFile(path.join(folder, "initdb-password"), "left behind");
  await writeFile(path.join(folder, "starting.pid"), `${await deadPid()}`);
  const server = await startEmbeddedServer(folder);
  expect(await query(server.connectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await server.stop();
});

// Root may write wherever a mode forbids it, so these are places where the system itself refuses.
test("a folder that can't be written is told with what to do", async () => {
  const file = path.join(await dataFolder(), "file");
  await writeFile(file, "");
  for (const folder of ["/sys/partner-codes", path.join(file, "data")]) {
    const refused = await startEmbeddedServer(folder).then(
      () => null,
      (error: unknown) => error as Error,
    );
    expect(refused?.constructor.name).toBe("DatabaseStartError");
    expect(refused?.message).toMatch(/^Can't write to \S+\. Make it writable.*DATA_DIR/);
    expect(refused?.message).toContain(folder);
  }
});

test("two processes that start in the same moment on a fresh folder share one server", async () => {
  const folder = await dataFolder();
  const owners = await Promise.all([ownerOf(folder), ownerOf(folder)]);
  expect(owners[0].url).toBe(owners[1].url);
  for (const { child } of owners) await end(child, "SIGTERM");
});
