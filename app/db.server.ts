import { openBoss } from "./adapters/postgres/queue.ts";
import { startEmbeddedServer } from "./adapters/postgres/embedded-server.ts";
import { migrate } from "./adapters/postgres/migrate.ts";
import { createPrismaClient } from "./adapters/postgres/prisma-client.ts";
import { env } from "./env.server.ts";
import { createLogger } from "./log.server.ts";

export const log = createLogger(env.LOG_LEVEL);

const embedded = env.DATABASE_URL ? null : await startEmbeddedServer(env.DATA_DIR);
const connectionString = env.DATABASE_URL ?? embedded?.connectionString ?? "";
await migrate(connectionString);

export const prisma = createPrismaClient(connectionString);
export const boss = await openBoss(connectionString, (error) =>
  log.error({ error: String(error) }, "queue error"),
);

/** Finishes running jobs, then closes every connection and the database this process started. */
export async function closeDatabase(): Promise<void> {
  await boss.stop({ graceful: true, timeout: 20_000 });
  await prisma.$disconnect();
  await embedded?.stop();
}
