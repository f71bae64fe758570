import { expect, test } from "vitest";
import type { UploadAnswer } from "#app/components/uploads/use-upload.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** A file as the browser sends it: the whole body of a signed request, piece by piece. */
function fileRequest(world: World, path: string, body: ReadableStream<Uint8Array>): Request {
  const { headers } = adminRequest(world, world.domain, path, {});
  const url = `https://app.example.com${path}`;
  return new Request(url, { method: "POST", headers, body, duplex: "half" });
}

interface Sent {
  pieces: number;
  isOver: boolean;
}

function piecesOf(pieces: Iterable<string>, sent: Sent = { pieces: 0, isOver: false }) {
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const step = iterator.next();
        sent.isOver = step.done === true;
        if (step.done) return controller.close();
        sent.pieces += 1;
        controller.enqueue(new TextEncoder().encode(step.value));
      },
    },
    { highWaterMark: 0 },
  );
}

function* endless(piece: string): Generator<string> {
  for (;;) yield piece;
}

test("a file is sent, judged, given back where it is wrong, and taken", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  // The stand-in judges session tokens by the world's clock, and they are the wall clock's.
  world.clock.passTo(new Date());
  await loadApp(world);
  const { action: check } = await import("#app/routes/app.discounts_.$discountId.upload.check.tsx");
  const page = await import("#app/routes/app.uploads.$uploadId.tsx");
  const wrongRows = await import("#app/routes/app.uploads_.$uploadId.wrong-rows.tsx");
  const path = `/app/discounts/${discountId}/upload/check`;
  const send = async (pieces: Iterable<string>, query = "?name=codes.csv", sent?: Sent) => {
    const request = fileRequest(world, path + query, piecesOf(pieces, sent));
    return (await callRoute(check, request, { discountId })).json() as Promise<UploadAnswer>;
  };

  const lines = ["Code,Partner,End\r\n", "TEA1,100", "01\r\nTEA2,Nob", "ody\r\nANNA10,10001\r\n"];
  const checked = await send(lines);
  const uploadId = checked.kind === "checked" ? checked.uploadId : "";
  const get = (address: string) => adminRequest(world, world.domain, address);
  const shown = await callRoute(page.loader, get("/app/uploads"), { uploadId });
  expect(await shown.json()).toMatchObject({
    ...{ fileName: "codes.csv", rows: 3, new: 1, yoursUnchanged: 1, wrong: 1 },
    kinds: [{ what: "Partner unknown", rows: 1 }],
    wrongRows: [{ id: "3", code: "TEA2", partner: "Nobody" }],
    ...{ hasStart: false, hasEnd: true, hasReach: false, batchId: null },
  });
  const file = await callRoute(wrongRows.loader, get("/app/uploads"), { uploadId });
  expect(file.headers.get("content-disposition")).toMatch(/filename="wrong-rows-.*\.csv"/);
  expect(await file.text()).toMatch(/^.?Row,Reason,Code,Partner,End\r\n3,.*,TEA2,Nobody\r\n$/);

  const take = () =>
    callRoute(page.action, adminRequest(world, world.domain, "/app/uploads", {}), { uploadId });
  const taken = await take();
  const batchId = taken.headers.get("location")?.replace("/app/batches/", "");
  expect(batchId).toMatch(/^[0-9a-f-]{36}$/);
  await world.drain();
  expect((await take()).headers.get("location")).toBe(`/app/batches/${batchId}`);
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "TEA1"]);
  const after = await callRoute(page.loader, get("/app/uploads"), { uploadId });
  expect(await after.json()).toMatchObject({ batchId, wrongRows: [] });

  // Nothing new is nothing to take.
  const again = await send(lines);
  const params = { uploadId: again.kind === "checked" ? again.uploadId : "" };
  const form = adminRequest(world, world.domain, "/app/uploads", {});
  expect((await callRoute(page.action, form, params)).status).toBe(422);

  // Columns by hand stand in the address.
  expect(await send(["a,b\r\nTEA5,Nobody\r\nTEA6,Nobody\r\n"])).toMatchObject({ kind: "ask" });
  const byHand = "?name=x.csv&code=0&partner=1&heading=yes";
  expect(await send(["a,b\r\nTEA5,10001\r\n"], byHand)).toMatchObject({ kind: "checked" });

  // A refused file is not kept; past its limit no more is read than a browser needs to hear of it.
  expect(await send(["%PDF-1.7 "])).toMatchObject({
    kind: "refused",
    message: expect.stringMatching(/PDF/) as string,
  });
  const sent = { pieces: 0, isOver: false };
  const row = `${"TEA".padEnd(9_990, "x")},10001\r\n`;
  const uploads = await world.prisma.upload.count();
  expect(await send(endless(row), byHand, sent)).toMatchObject({
    kind: "refused",
    message: expect.stringMatching(/larger than 50 MB/) as string,
  });
  expect(sent.isOver).toBe(false);
  expect(sent.pieces).toBeLessThan(10_200);
  expect(await world.prisma.upload.count()).toBe(uploads);

  const none = { discountId: uploadId };
  const lost = fileRequest(world, path, piecesOf(["Code,Partner\r\n"]));
  expect((await callRoute(check, lost, none)).status).toBe(404);
  const params404 = { uploadId: discountId };
  expect((await callRoute(page.loader, get("/app/uploads"), params404)).status).toBe(404);
  expect((await callRoute(wrongRows.loader, get("/app/uploads"), params404)).status).toBe(404);
});
