import { expect, test } from "vitest";
import { merchantAt } from "./merchant-at.ts";

test(
  "a merchant chooses who earns, and is told beside each field what is wrong",
  { timeout: 300_000 },
  async () => {
    const { app } = await merchantAt("desktop");
    const { inApp, open } = app;
    await open("/app/rules");
    await inApp.getByText("In force from the start").waitFor();
    const save = async () => {
      await inApp.getByRole("button", { name: "Save rule" }).click();
      await inApp.getByRole("dialog").getByRole("button", { name: "Change the rule" }).click();
    };
    await inApp.getByText("Code and click share the order").first().click();
    await inApp.getByLabel("The code's share in %").fill("70");
    await save();
    await inApp.getByText("70% and 50% make 120%").waitFor();
    await inApp.getByLabel("The click's share in %").fill("30");
    await save();
    await inApp.getByText(/^In force since/).waitFor();
    expect(await inApp.getByLabel("The code's share in %").inputValue()).toBe("70");

    await inApp.getByLabel("Code", { exact: true }).fill("NOBODYS");
    await inApp.getByText("A click wins while it is new").last().click();
    expect(await inApp.getByLabel("Days for which a click is new").inputValue()).toBe("7");
    await inApp.getByRole("button", { name: "Add rule" }).click();
    await inApp.getByText("Enter one of your codes").waitFor();
  },
);
