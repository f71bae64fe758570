import { judgeTaken } from "./upload/judge-taken.ts";
import { registerByFile } from "./upload/register-by-file.ts";
import { startUploadWorld, type UploadWorld } from "./upload/upload-world.ts";
import { checkFile, readWrongRows, takeFile } from "./upload/upload-steps.ts";
import { onOwnServer, type AtEnd } from "./on-own-server.ts";

const ROWS = 200_000;
const FEWER_ROWS = 20_000;
const WRONG = 500;

/** The codes of a file are kept while it is read, its rows never: so much may ten times the rows cost. */
const MOST_MORE_MB = 50;

export function limits(figures: Record<string, number>): [string, boolean][] {
  const { new: fresh, wrong, kinds_of_wrong = 0, explained, live, registered, surplus } = figures;
  const { again_new, again_yours, web_mb = Infinity, worker_mb = Infinity } = figures;
  const { web_mb_of_20000 = 0, worker_mb_of_20000 = 0 } = figures;
  const taken = ROWS - WRONG;
  return [
    ["the dry run says 199,500 new", fresh === taken],
    ["the dry run says 500 wrong, of ten kinds or more", wrong === WRONG && kinds_of_wrong >= 10],
    ["each wrong row comes back with a reason", explained === WRONG],
    ["each code live in Shopify, as its row says", live === taken],
    ["each code registered once at impact.com, as its row says", registered === taken],
    ["nothing else on either side", surplus === 0],
    ["the same file again brings nothing new", again_new === 0 && again_yours === taken],
    ["memory at most 300 MB", Math.max(web_mb, worker_mb) <= 300],
    ["the web process grows by at most 50 MB", web_mb - web_mb_of_20000 <= MOST_MORE_MB],
    ["the worker grows by at most 50 MB", worker_mb - worker_mb_of_20000 <= MOST_MORE_MB],
  ];
}

/**
 * A file of 200,000 rows, 500 of them wrong, and beside it one of 20,000: from the form to the last
 * registration, and once more. Web and worker as they run, on Shopify's Standard plan; impact.com with
 * its hourly limit, in hours of a minute, and its bulk upload.
 */
export async function bench(): Promise<Record<string, number>> {
  const fewer = await onOwnServer("upload", (url, atEnd) => measure(FEWER_ROWS, url, atEnd));
  const figures = await onOwnServer("upload", (url, atEnd) => measure(ROWS, url, atEnd));
  const { web_mb: web_mb_of_20000, worker_mb: worker_mb_of_20000 } = fewer;
  return { ...figures, web_mb_of_20000, worker_mb_of_20000 };
}

async function measure(rows: number, databaseUrl: string, atEnd: AtEnd) {
  const app = await startUploadWorld(databaseUrl, atEnd);
  const lap = stopwatch(app);
  const found = await checkFile(app, rows);
  const explained = await readWrongRows(app, found.uploadId, rows);
  const checked_s = await lap(`${rows} rows checked`, found);
  const batchId = await takeFile(app, found.uploadId);
  const made_s = await lap("codes made");
  const by_file = await registerByFile(app, batchId);
  const registered_s = await lap("codes registered", { by_file });
  const again = await checkFile(app, rows);
  const again_s = await lap("the same file checked again", again);
  const taken = await judgeTaken(app, rows);
  return {
    ...{ rows, new: found.new, wrong: found.wrong, kinds_of_wrong: found.kinds.length, explained },
    ...{ ...taken, by_file, again_new: again.new, again_yours: again.yoursUnchanged },
    ...{ checked_s, made_s, registered_s, again_s },
    ...{ web_mb: await app.webMb(), worker_mb: await app.workerMb() },
  };
}

/** Gives the seconds since it was last asked, and shows them with the most memory so far. */
function stopwatch({ webMb, workerMb }: UploadWorld) {
  let begun = performance.now();
  return async (what: string, found: object = {}) => {
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const memory = `web ${await webMb()} MB, worker ${await workerMb()} MB`;
    console.log(`${what}: ${seconds} s, ${memory}, ${JSON.stringify(found)}`);
    begun = performance.now();
    return seconds;
  };
}
