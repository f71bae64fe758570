import { createIntakeStore } from "./adapters/postgres/intake-store.ts";
import { openBoss } from "./adapters/postgres/queue.ts";
import { startEmbeddedServer } from "./adapters/postgres/embedded-server.ts";
import { migrate } from "./adapters/postgres/migrate.ts";
import { createPool } from "./adapters/postgres/pool.ts";
import { createPrismaClient } from "./adapters/postgres/prisma-client.ts";
import { env } from "./env.server.ts";
import { createLogger } from "./log.server.ts";

export const log = createLogger(env.LOG_LEVEL);

const embedded = env.DATABASE_URL ? null : await startEmbeddedServer(env.DATA_DIR);
const connectionString = env.DATABASE_URL ?? embedded?.connectionString ?? "";
await migrate(connectionString);

export const prisma = createPrismaClient(connectionString);
export const pool = createPool(connectionString, (error) =>
  log.error({ error: String(error) }, "database connection lost"),
);
export const boss = await openBoss(connectionString, (error) =>
  log.error({ error: String(error) }, "queue error"),
);
export const intakeStore = createIntakeStore(connectionString, boss, (error) =>
  log.error({ error: String(error) }, "intake connection lost"),
);

/**
 * Gives jobs that still run back to the queue, then closes every connection and the database this
 * process started. Whoever wants them to end first stops the worker before.
 */
export async function closeDatabase(): Promise<void> {
  await boss.stop({ graceful: false });
  await intakeStore.close();
  await pool.end();
  await prisma.$disconnect();
  await embedded?.stop();
}
