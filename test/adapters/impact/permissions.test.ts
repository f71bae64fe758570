import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { problemForStatus } from "#app/adapters/impact/impact-problems.ts";
import { PERMISSIONS, permissionsText } from "#app/core/program/permissions.ts";

test("README asks for the permissions that the app asks for", () => {
  const readme = readFileSync("README.md", "utf8").replaceAll(/\s+/g, " ");
  const [, asked] = /create an access token with the scopes (.*?)\. /.exec(readme) ?? [];
  expect(asked).toBe(permissionsText(PERMISSIONS));
});

test("a token that lacks a permission is told of all that are needed", () => {
  const answer = { status: 403, said: null, resetsAt: null, path: "Programs/1000/Clicks/x" };
  expect(problemForStatus(answer).message).toBe(
    "The access token lacks the permission “Clicks”. At impact.com, under Settings → Technical → API, edit the token and tick Account, Actions, Campaigns, Clicks, Contracts, Conversions, Partners, Promo Codes and Submissions.",
  );
});
