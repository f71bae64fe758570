import { expect, test } from "vitest";
import { checkSubmissions } from "#app/core/conversions/settle-by-list.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { loadApp } from "#test/support/app.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";

// The app reads its environment once, so this file loads it for one world.
test("outcomes that one list of actions tells are counted like those asked for singly, each once", async () => {
  const world = await worldWithCodes({ startsAt: new Date() });
  const { domain: shop, prisma } = world;
  const buyWith = async (code: string) =>
    deliver(world, webhookFor(world, buy(world, { codes: [code] })));
  for (let order = 1; order <= 6; order += 1) await buyWith("ANNA10");
  // Ben's contract has ended: impact.com credits nobody.
  for (const contract of world.account.contracts) {
    if (contract.partnerId === "10002") contract.state = "DECLINED";
  }
  for (let order = 1; order <= 2; order += 1) await buyWith("BEN10");
  await world.drain(0);

  await loadApp(world);
  const { ports } = await import("#app/services.server.ts");
  const { registry } = await import("#app/metrics.server.ts");
  const submissions = await prisma.submission.findMany();
  const submissionIds = submissions.map(({ submissionId }) => submissionId);
  await checkSubmissions(ports, { shop, submissionIds });
  // A job that comes twice finds nothing open.
  await checkSubmissions(ports, { shop, submissionIds });
  const counted = (await registry.metrics()).match(/^partner_codes_outcomes_total\{.*$/gm);
  expect(counted).toEqual([
    expect.stringMatching(/outcome="accepted",reason="".* 6$/),
    expect.stringMatching(/outcome="refused",reason="[A-Z_]*CONTRACT[A-Z_]*".* 2$/),
  ]);
});
