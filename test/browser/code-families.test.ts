import { expect, test } from "vitest";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
} from "./merchant-steps.ts";

test("on a phone: many codes are registered as families, once what clashes is out of the way", async () => {
  const { app, world } = await merchantAt("phone");
  const { inApp } = app;
  await connectImpact(app);
  await draftDiscount(app, { title: "Spring", percent: "15", partners: ["Anna Lindqvist"] });
  await createDiscount(app, 1);
  const [account] = world.impactState.accounts;
  const [mine] = account?.promoCodes ?? [];
  const other = account?.partners.find(({ id }) => id !== mine?.partnerId);
  if (!account || !mine || !other) throw new Error("no registration");
  account.promoCodes.push({ ...mine, id: "1", code: "ANNA15-ACDEFH", partnerId: other.id });

  await inApp.getByRole("link", { name: "Add codes" }).first().click();
  await inApp.getByLabel(/All \d partners with a contract/).check();
  await inApp.getByLabel("Codes for each partner").fill("200");
  await inApp.getByText("1,000 codes will be made.").waitFor();
  await inApp.getByText("One by one: 1,000 requests, about 1 hour of waiting").waitFor();
  await inApp.getByText("As families: 5 requests, within one hour's limit").click();
  await expectNoOverflow(app);
  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByText(/ANNA15-ACDEFH is registered to .* would match it/).waitFor();
  await inApp.getByText(/Use the pattern \{FIRST\}\{VALUE\}-\{ID\}-\{RANDOM:6\}/).waitFor();
  await expectNoOverflow(app);

  const pattern = inApp.getByRole("textbox", { name: "Pattern" });
  await pattern.fill("{FIRST}{VALUE}-{ID}-{RANDOM:6}");
  await inApp
    .getByText(/^ANNA15-\d+-[A-Z0-9]{6}$/)
    .first()
    .waitFor();
  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByRole("heading", { name: "Progress" }).waitFor();
  await inApp.getByText("1,000 of 1,000").nth(1).waitFor({ timeout: 120_000 });
  await inApp.getByText("Families registered at impact.com").waitFor();
  await inApp.getByText("5 of 5", { exact: true }).waitFor();
  await expectNoOverflow(app);
  expect(account.promoCodes.filter(({ type }) => type === "RE")).toHaveLength(5);
}, 600_000);
