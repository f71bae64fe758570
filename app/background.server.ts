import { log } from "./db.server.ts";
import { drain } from "./drain.server.ts";
import { env } from "./env.server.ts";
import { countRequest } from "./metrics.server.ts";
import { answerOperator } from "./operator-pages.server.ts";
import { answerWebhook } from "./webhook-intake.server.ts";
import { startWorker } from "./worker.server.ts";

/** What `server.ts` needs besides pages; a process that only works loads this and no page. */
export const background = {
  startWorker,
  answerOperator,
  answerWebhook,
  countRequest,
  drain,
  log,
  env,
};
