import { expect, test } from "vitest";
import { z } from "zod";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { defineListJob } from "#app/jobs/define-job.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { runBatch } from "#app/jobs/run-batch.ts";

const noPorts = {} as Ports;
const observe = (_batch: unknown, run: () => Promise<void>) => run();

/** A job that notes what it was given and throws at a conversion called "poison". */
function notingJob() {
  const runs: string[][] = [];
  const note = async (ids: string[]) => {
    runs.push(ids);
    if (ids.includes("poison")) throw new Error("poisonous");
  };
  const job = defineListJob({
    name: "send-conversion",
    concurrency: 2,
    batchSize: 10,
    listSize: 10,
    payload: z.object({
      shop: z.custom<ShopDomain>((shop) => typeof shop === "string"),
      conversionIds: z.array(z.string()),
    }),
    idsOf: ({ conversionIds }) => conversionIds,
    runMany: (_ports, { ids }) => note([...ids]),
  });
  return { job, runs };
}

const stored = (shop: string, conversionId: string) => ({
  id: conversionId,
  data: { shop, conversionIds: [conversionId] },
});

test("a batch is run together, each shop by itself", async () => {
  const { job, runs } = notingJob();
  const batch = [stored("a", "1"), stored("b", "2"), stored("a", "3")];
  const ends = await runBatch(job, noPorts, batch, observe);
  expect(runs).toEqual([["1", "3"], ["2"]]);
  expect(ends.every(({ status }) => status === "completed")).toBe(true);
});

test("a poisonous job fails alone: the others of its batch are done", async () => {
  const { job, runs } = notingJob();
  const batch = [stored("a", "1"), stored("a", "poison"), stored("a", "2"), stored("b", "3")];
  const ends = await runBatch(job, noPorts, batch, observe);
  const [ofB, ...others] = [["3"], ["1", "poison", "2"], ["1"], ["poison"], ["2"]];
  expect(runs.filter((run) => !run.includes("3"))).toEqual(others);
  expect(runs.filter((run) => run.includes("3"))).toEqual([ofB]);
  expect(new Map(ends.map(({ id, status }) => [id, status]))).toEqual(
    new Map([
      ["1", "completed"],
      ["poison", "failed"],
      ["2", "completed"],
      ["3", "completed"],
    ]),
  );
});

test("a shop whose calls are slow keeps no other shop of its batch waiting", async () => {
  let tellOthersAreDone = () => undefined as void;
  const othersAreDone = new Promise<void>((resolve) => (tellOthersAreDone = resolve));
  const { job } = notingJob();
  const list = {
    batchSize: 10,
    listSize: 10,
    read: (payload: unknown) => payload as { shop: ShopDomain; ids: string[] },
    run: async (_ports: Ports, { shop }: { shop: ShopDomain }) => {
      if (shop === "slow") await othersAreDone;
      else tellOthersAreDone();
    },
  };
  const batch = ["slow", "b"].map((shop) => ({ id: shop, data: { shop, ids: [shop] } }));
  const ends = await runBatch({ ...job, list }, noPorts, batch, observe);
  expect(ends.map(({ status }) => status)).toEqual(["completed", "completed"]);
});

test("a payload that is none of the job's fails alone", async () => {
  const { job } = notingJob();
  const batch = [stored("a", "1"), { id: "odd", data: { what: "ever" } }];
  const ends = await runBatch(job, noPorts, batch, observe);
  expect(ends).toMatchObject([
    { id: "odd", status: "failed" },
    { id: "1", status: "completed" },
  ]);
});

/** The same for jobs that carry lists, of which three are done together. */
function notingListJob() {
  const runs: string[][] = [];
  const job = defineListJob({
    name: "send-conversion",
    concurrency: 2,
    batchSize: 10,
    listSize: 3,
    payload: z.object({
      shop: z.custom<ShopDomain>((shop) => typeof shop === "string"),
      conversionIds: z.array(z.string()),
    }),
    idsOf: ({ conversionIds }) => conversionIds,
    runMany: async (_ports, { ids }) => {
      runs.push([...ids]);
      if (ids.includes("poison")) throw new Error("poisonous");
    },
  });
  const list = (id: string, conversionIds: string[]) => ({
    id,
    data: { shop: "a", conversionIds },
  });
  return { job, runs, list };
}

test("lists of one shop are done together as far as they fit, and what two of them name once", async () => {
  const { job, runs, list } = notingListJob();
  const batch = [list("x", ["1", "2"]), list("y", ["2"]), list("z", ["3", "4"])];
  await runBatch(job, noPorts, batch, observe);
  expect(runs).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
});

test("of a list with a poisonous one the others are done, and its job is run again", async () => {
  const { job, runs, list } = notingListJob();
  const batch = [list("x", ["1"]), list("y", ["poison", "2"])];
  const ends = await runBatch(job, noPorts, batch, observe);
  expect(runs.slice(1)).toEqual([["1"], ["poison", "2"], ["poison"], ["2"]]);
  expect(ends).toMatchObject([
    { id: "x", status: "completed" },
    { id: "y", status: "failed", output: { message: "Error: poisonous" } },
  ]);
});

test("jobs that were stored before they named lists are read as lists of one", () => {
  const shop = "tea-house.myshopify.com";
  const id = "3f0c1c6e-5d0a-4b53-9c39-7a2f0a6d1b11";
  const read = (name: "send-conversion" | "check-submission" | "process-delivery", old: object) =>
    jobs[name].list?.read({ shop, ...old });
  expect(read("send-conversion", { conversionId: id })).toEqual({ shop, ids: [id] });
  expect(read("check-submission", { submissionId: "A-1" })).toEqual({ shop, ids: ["A-1"] });
  expect(read("process-delivery", { deliveryId: id })).toEqual({ shop, ids: [id] });
});
