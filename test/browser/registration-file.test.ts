import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { bulkUpload } from "#test/sandbox/impact/bulk-upload.ts";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
} from "./merchant-steps.ts";
import { SIZES } from "./sizes.ts";

test("codes that would wait for hours are registered by a file, uploaded at impact.com and seen to arrive", async () => {
  const { app, world } = await merchantAt("desktop");
  const { inApp, page } = app;
  await connectImpact(app);
  await draftDiscount(app, { title: "Spring", percent: "15", partners: ["Anna Lindqvist"] });
  await createDiscount(app, 1);
  const { impactState } = world;
  // An account of few requests, whose hour is over in a minute.
  Object.assign(impactState.rules, { requestsPerHour: 60, limitWindowMs: 60_000 });
  const [account] = impactState.accounts;
  if (!account) throw new Error("no account");

  await inApp.getByRole("link", { name: "Add codes" }).first().click();
  await inApp.getByLabel(/All \d partners with a contract/).check();
  await inApp.getByLabel("Codes for each partner").fill("60");
  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByRole("heading", { name: "Progress" }).waitFor();
  await inApp.getByText("Being registered").waitFor();
  await inApp
    .getByText(/hourly limit is used up/)
    .first()
    .waitFor();
  await inApp.getByText(/wait to be registered: about \d+ hours one by one/).waitFor();
  await inApp.getByRole("button", { name: "Register by a file instead" }).click();

  await inApp.getByRole("heading", { name: "Upload at impact.com" }).waitFor();
  const saved = page.waitForEvent("download");
  await inApp.getByRole("button", { name: "Download file" }).click();
  const bytes = await readFile(await (await saved).path());
  await page.setViewportSize(SIZES.phone);
  await expectNoOverflow(app);
  await page.setViewportSize(SIZES.desktop);
  expect(bulkUpload(impactState, account, bytes)).toMatchObject({ ok: true, refused: [] });
  await inApp.getByRole("button", { name: "I have uploaded it" }).click();
  await inApp.getByText(/^Uploaded /).waitFor();
  await inApp.getByRole("button", { name: "Look now" }).click();
  await inApp.getByText(/\d+ codes of this file have arrived/).waitFor();
  expect(account.promoCodes).toHaveLength(301);
}, 600_000);
