import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";
import { runProgram } from "#app/adapters/postgres/postgres-programs.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";

export interface ChaosDatabase {
  url: string;
  /** Kills the server as a power cut would and starts it again; false where it was down already. */
  kill(): Promise<boolean>;
  stop(): Promise<void>;
}

const MOST_STARTS = 60;

/** A PostgreSQL of its own, always on the same port, so that the app's DATABASE_URL stays true. */
export async function startChaosDatabase(folder: string): Promise<ChaosDatabase> {
  const server = await startEmbeddedServer(folder);
  await server.stop();
  const port = await freePort();
  const cluster = path.join(folder, "postgres");
  const url = new URL(server.connectionString);
  url.port = `${port}`;

  const start = async () => {
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200`;
    const log = path.join(cluster, "server.log");
    // Processes of the killed server may hold its memory for a moment.
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runProgram("pg_ctl", [
          "start",
          "-D",
          cluster,
          "-w",
          "-l",
          log,
          "-o",
          settings,
        ]);
      } catch (error) {
        if (attempt >= MOST_STARTS) throw error;
        await pause(250);
      }
    }
  };
  await start();

  return {
    url: url.href,
    async kill() {
      const pid = await postmasterOf(cluster);
      if (pid === null) return false;
      process.kill(pid, "SIGKILL");
      await start();
      return true;
    },
    stop: () => runProgram("pg_ctl", ["stop", "-D", cluster, "-m", "fast", "-w"]),
  };
}

async function postmasterOf(cluster: string): Promise<number | null> {
  const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return pid > 0 ? pid : null;
}
