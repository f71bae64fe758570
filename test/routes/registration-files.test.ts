import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { worldWithWaiting } from "#test/core/registration-files/given-file.ts";
import { bulkUpload } from "#test/sandbox/impact/bulk-upload.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";

type Route = (args: LoaderFunctionArgs) => unknown;

test("a file is offered, made, downloaded, uploaded at impact.com and followed to its end", async () => {
  const { world, batchId } = await worldWithWaiting(4, "TEA-", { startsAt: new Date() });
  const { prisma, domain, impactState, account } = world;
  await prisma.impactBudget.updateMany({ data: { perHour: 2 } });
  // The stand-in judges session tokens by the world's clock, and they are the wall clock's.
  world.clock.passTo(new Date());
  await loadApp(world);
  const batch = await import("#app/routes/app.batches.$batchId.tsx");
  const codes = await import("#app/routes/app.codes._index.tsx");
  const notices = await import("#app/routes/app.codes.notices.tsx");
  const files = await import("#app/routes/app.files._index.tsx");
  const file = await import("#app/routes/app.files.$fileId.tsx");
  const part = await import("#app/routes/app.files_.$fileId.part.$part.tsx");
  const ask = (route: Route, params: Record<string, string>, form?: Record<string, string>) =>
    callRoute(
      route,
      adminRequest(world, domain, "/app", form && new URLSearchParams(form)),
      params,
    );
  const read = async (route: Route, params: Record<string, string> = {}) =>
    (await (await ask(route, params)).json()) as unknown;

  const offer = { codes: 4, hours: 4 };
  expect(await read(batch.loader, { batchId })).toMatchObject({ hint: { offer, files: [] } });
  expect(await read(notices.loader)).toMatchObject({ hint: { offer } });
  expect((await ask(files.action, {}, { batchId: "x" })).status).toBe(400);
  const started = await ask(files.action, {}, { batchId });
  expect(started.status).toBe(302);
  const fileId = started.headers.get("location")?.split("/").at(-1) ?? "";
  expect((await ask(files.action, {}, { batchId })).status).toBe(422);
  expect(await read(batch.loader, { batchId })).toMatchObject({
    hint: { offer: null, files: [{ id: fileId, arrived: 0, missing: 4, isOverdue: false }] },
  });
  expect(await read(codes.loader)).toMatchObject({
    list: {
      rows: expect.arrayContaining([expect.objectContaining({ isInFile: true })]) as unknown,
    },
  });

  expect((await ask(part.loader, { fileId, part: "2" })).status).toBe(404);
  expect((await ask(part.loader, { fileId: "x", part: "1" })).status).toBe(404);
  const download = await ask(part.loader, { fileId, part: "1" });
  expect(download.headers.get("content-disposition")).toContain("-part-1.csv");
  const bytes = Buffer.from(await download.arrayBuffer());
  expect(bulkUpload(impactState, account, bytes)).toMatchObject({ created: 4, refused: [] });

  expect((await ask(file.action, { fileId }, { intent: "else" })).status).toBe(400);
  await ask(file.action, { fileId }, { intent: "uploaded" });
  await prisma.$executeRaw`UPDATE pgboss.job SET start_after = created_on WHERE name = 'look-for-file'`;
  await world.drain(1_000);
  expect(await read(file.loader, { fileId })).toMatchObject({
    file: { state: "done", arrived: 4, missing: 0, isUploaded: true },
  });
  expect(await read(files.loader)).toMatchObject({ rows: [{ id: fileId, state: "done" }] });
});
