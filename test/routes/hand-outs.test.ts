import { expect, test } from "vitest";
import type { PartnerView } from "#app/components/hand-outs/partner-view.server.ts";
import type { HandOutOverview } from "#app/core/hand-outs/read-hand-out-overview.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

const BEN = "10002" as PartnerId;

test("codes are handed out with links, terms and pictures, and what earns nobody is kept back", async () => {
  const world = await createWorld({ startsAt: new Date() });
  world.shop.host = "tea.example";
  await setUpProgram(world);
  const codes: [string, string][] = [
    ["10001", "ANNA10"],
    ["10001", "ANNA20"],
    ["10002", "BEN10"],
  ];
  const discountId = await makeDiscount(world, draftFor(codes, { minimum: "30" }));
  await world.drain();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  const { prisma } = world;
  await prisma.code.updateMany({ where: { code: "ANNA20" }, data: { impactState: "planned" } });
  const { services } = await loadApp(world);
  const partnerPage = await import("#app/routes/app.partners_.$partnerId.tsx");
  const file = await import("#app/routes/app.partners_.$partnerId_.hand-out.tsx");
  const all = await import("#app/routes/app.hand-outs.tsx");
  const csv = await import("#app/routes/app.hand-outs_.csv.tsx");
  const zip = await import("#app/routes/app.hand-outs_.zip.tsx");
  const qr = await import("#app/routes/app.hand-outs_.qr.$codeId.tsx");
  const request = (path: string, form?: Record<string, string>) =>
    adminRequest(world, world.domain, path, form);
  const save = (landingPath: string) =>
    callRoute(all.action, request("/app/hand-outs", { landingPath }));

  expect((await save("https://evil.example/")).status).toBe(422);
  expect(await (await save("https://tea.example/collections/new")).json()).toHaveProperty("done");

  const anna = { partnerId: "10001" };
  const answer = await callRoute(partnerPage.loader, request("/app/partners/10001"), anna);
  const shown = (await answer.json()) as PartnerView;
  expect(shown).toMatchObject({ name: "Anna Able", landing: "tea.example/collections/new" });
  const [ready, keptBack] = shown.codes;
  expect(ready).toMatchObject({
    code: "ANNA10",
    link: "https://tea.example/discount/ANNA10?redirect=/collections/new",
    terms: "10% off orders of at least $30.00.",
    notReady: null,
    warning: expect.stringMatching(/^ANNA10 is the partner's name/) as string,
    picture: expect.stringMatching(/^data:image\/svg\+xml,/) as string,
    brought: expect.stringMatching(/^1 order earned, last used /) as string,
  });
  expect(keptBack).toMatchObject({ code: "ANNA20", link: null, picture: null });
  expect(keptBack?.notReady).toMatch(/Not ready to hand out yet: it's not registered/);
  expect(shown.text).toContain("Code: ANNA10\n10% off orders of at least $30.00.\nLink: https://");
  expect(shown.text).not.toContain("ANNA20");
  const stranger = callRoute(partnerPage.loader, request("/app/partners/9"), { partnerId: "9" });
  expect((await stranger).status).toBe(404);

  // A code that was drawn is as hard to guess as its pattern, whatever it looks like.
  const drawing = { shop: world.domain, discountId, draftKey: "one", pattern: "{RANDOM:6}" };
  await services.startDrawing({ ...drawing, codesEach: "1", partnerIds: [BEN] });
  await world.drain();
  const ben = { partnerId: BEN };
  const bens = await callRoute(partnerPage.loader, request("/app/partners/10002"), ben);
  const warned = ((await bens.json()) as PartnerView).codes.filter(({ warning }) => warning);
  expect(warned.map(({ code }) => code)).toEqual(["BEN10"]);
  await prisma.code.deleteMany({ where: { code: { notIn: ["ANNA10", "ANNA20", "BEN10"] } } });

  const page = await callRoute(file.loader, request("/app/partners/10001/hand-out"), anna);
  expect(page.headers.get("content-disposition")).toContain('"hand-out-10001.html"');
  const html = await page.text();
  expect(html).toContain(">ANNA10</h2>");
  expect(html).not.toMatch(/ANNA20|BEN10/);

  const overview = await callRoute(all.loader, request(`/app/hand-outs?discount=${discountId}`));
  expect((await overview.json()) as HandOutOverview).toMatchObject({
    ready: 2,
    keptBack: [{ reason: "not-registered", codes: 1 }],
    which: "The codes of one discount.",
  });
  // As the admin opens a page of an app.
  const opened = request("/app/hand-outs/csv?embedded=1&locale=en");
  const lines = await (await callRoute(csv.loader, opened)).text();
  const [heading, ...rows] = lines.trimEnd().split("\r\n");
  expect(heading).toMatch(/^Partner,Partner id,Code,Share link,Terms,Start/);
  expect(rows.map((row) => row.split(",").slice(0, 3))).toEqual([
    ["Anna Able", "10001", "ANNA10"],
    ["Ben Baker", "10002", "BEN10"],
  ]);
  const { batchId, id } = await prisma.code.findFirstOrThrow({ where: { code: "ANNA10" } });
  const ofBatch = await callRoute(csv.loader, request(`/app/hand-outs/csv?batch=${batchId}`));
  expect((await ofBatch.text()).trimEnd().split("\r\n")).toHaveLength(3);

  const archive = await callRoute(zip.loader, request("/app/hand-outs/zip?partner=10002"));
  expect(archive.headers.get("content-type")).toBe("application/zip");
  const bytes = Buffer.from(await archive.arrayBuffer()).toString("latin1");
  expect(bytes).toContain("Ben Baker (10002)/QR-BEN10.png");
  expect(bytes).not.toContain("ANNA10.png");
  const picture = (codeId: string) =>
    callRoute(qr.loader, request(`/app/hand-outs/qr/${codeId}`), { codeId });
  expect((await picture(id)).headers.get("content-type")).toBe("image/png");
  const unready = await prisma.code.findFirstOrThrow({ where: { code: "ANNA20" } });
  expect((await picture(unready.id)).status).toBe(404);
});
