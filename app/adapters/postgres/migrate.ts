import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { DatabaseStartError } from "./database-start-error.ts";

const run = promisify(execFile);

/** Brings the database to this version's schema; does nothing where it is there already. */
export async function migrate(connectionString: string): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  try {
    await run(process.execPath, [prisma, "migrate", "deploy"], {
      env: { ...process.env, DATABASE_URL: connectionString, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-4).join("\n");
    throw new DatabaseStartError(
      `The database could not be brought up to date. Check DATABASE_URL and that its user may create tables. It said:\n${said}`,
    );
  }
}
