import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import type { FailureLog } from "#app/adapters/failure-log.ts";
import type { ImpactBudget } from "#app/adapters/impact/impact-budget.ts";
import { createImpactClient } from "#app/adapters/impact/impact-client.ts";
import { createSendHttp } from "#app/adapters/send-http.ts";

const CREDENTIALS = { accountSid: "IR/with slash", authToken: "tök:en" };
const unlimited: ImpactBudget = {
  spend: async () => ({ ok: true, value: null }),
  perHour: async () => 800,
  observe: async () => null,
  failed: async () => undefined,
};

/** The client in front of a server that answers everything with `listener`. */
async function clientOf(listener: RequestListener, budget = unlimited) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const send = createSendHttp({ timeoutMs: 1_000 });
  const warn = vi.fn<FailureLog["warn"]>();
  const baseUrl = `http://127.0.0.1:${port}`;
  const client = createImpactClient({ baseUrl, budget, send, log: { warn } });
  const ask = (form?: Record<string, string>, path = "Things") =>
    client.request({
      credentials: CREDENTIALS,
      priority: "read",
      method: form ? "POST" : "GET",
      path,
      query: { Page: "1", Code: "A&B" },
      ...(form && { form }),
      response: z.object({ Name: z.string() }),
    });
  return { ask, warn };
}

const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

async function problemOf(listener: RequestListener) {
  const { ask } = await clientOf(listener);
  const answer = await ask();
  if (answer.ok) throw new Error("It went well.");
  return answer.problem;
}

test("a request carries Basic credentials, the pinned version, and its form", async () => {
  const seen: { method?: string; url?: string; headers?: unknown; body?: string } = {};
  const { ask } = await clientOf((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      Object.assign(seen, { method, url, headers, body: Buffer.concat(chunks).toString() });
      response.end('{"Name":"Tea"}');
    });
  });
  expect(await ask({ Code: "A B+C", Name: "Zoë" })).toEqual({ ok: true, value: { Name: "Tea" } });
  expect(seen).toMatchObject({
    method: "POST",
    url: "/Advertisers/IR%2Fwith%20slash/Things?Page=1&Code=A%26B",
    body: "Code=A+B%2BC&Name=Zo%C3%AB",
    headers: {
      accept: "application/json",
      authorization: `Basic ${Buffer.from("IR/with slash:tök:en").toString("base64")}`,
      "ir-version": "14",
      "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
    },
  });
});

const FIELDS = [{ Field: "Code", Message: "is taken" }, { Message: "Try another" }];

test.each([
  ["upper case", 400, { Status: "ERROR", Message: "Validation Failed", Errors: FIELDS }],
  [
    "lower case",
    400,
    {
      status: "error",
      message: "Validation Failed",
      errors: [{ field: "Code", level: "ERROR", message: "is taken" }, { message: "Try another" }],
    },
  ],
  ["upper case in a 200", 200, { Status: "ERROR", Message: "Validation Failed", Errors: FIELDS }],
])(
  "an error envelope in %s is a refusal with all that impact.com said",
  async (_what, status, body) => {
    expect(await problemOf(answering(status, body))).toEqual({
      cause: `HTTP ${status}`,
      kind: "refused",
      retry: "never",
      message: "impact.com refused it: Validation Failed. Code: is taken. Try another.",
      tookNothing: true,
    });
  },
);

test.each([
  [400, "", "refused", "never", /refused it: HTTP 400\.$/],
  [402, '{"Status":"ERROR","Message":"No credit"}', "refused", "never", /No credit/],
  [
    401,
    '{"Status":"ERROR","Message":"x"}',
    "bad-credentials",
    "later",
    /Copy the Account SID and the Auth Token again/,
  ],
  [403, '{"Status":"ERROR","Message":"x"}', "missing-scope", "later", /tick Account, Actions/],
  [
    404,
    '{"Status":"ERROR","Message":"Campaign was not found"}',
    "not-found",
    "never",
    /doesn't know it: Campaign was not found\.$/,
  ],
  [429, '{"Status":"ERROR","Message":"x"}', "rate-limited", "later", /hourly limit is used up/],
  [500, '{"Status":"ERROR","Message":"x"}', "unavailable", "later", /could not be reached/],
  [503, "<html>503</html>", "unavailable", "later", /could not be reached/],
  [200, "<html>Maintenance</html>", "unavailable", "later", /could not be reached/],
  [200, "", "unavailable", "later", /could not be reached/],
  [200, '{"Unexpected":1}', "unavailable", "later", /could not be reached/],
  [302, "", "unavailable", "later", /could not be reached/],
] as const)(
  "HTTP %i with “%s” is %s, to be tried %s",
  async (status, body, kind, retry, message) => {
    const headers: Record<string, string> =
      status === 302 ? { location: "http://127.0.0.1:1/" } : {};
    const problem = await problemOf(answering(status, body, headers));
    expect(problem).toMatchObject({ kind, retry });
    expect(problem.message).toMatch(message);
    expect(problem.tookNothing ?? false).toBe(kind !== "unavailable");
  },
);

test("a connection that breaks off is an outage, and the cause is for the log alone", async () => {
  const problem = await problemOf((request) => request.socket.destroy());
  expect(problem).toMatchObject({ kind: "unavailable", retry: "later" });
  expect(problem.cause).toBeTruthy();
  expect(JSON.stringify(problem)).not.toContain(CREDENTIALS.authToken);
});

test("an answer that never ends is an outage", async () => {
  const problem = await problemOf((_request, response) => {
    response.writeHead(200);
    response.write('{"Name":');
  });
  expect(problem).toMatchObject({ kind: "unavailable", retry: "later" });
});

test("with the budget used up nothing is sent", async () => {
  let asked = 0;
  const problem = { kind: "rate-limited", retry: "later", message: "Later." } as const;
  const spent: ImpactBudget = { ...unlimited, spend: async () => ({ ok: false, problem }) };
  const { ask } = await clientOf((_request, response) => {
    asked += 1;
    response.end("{}");
  }, spent);
  expect(await ask()).toEqual({ ok: false, problem });
  expect(asked).toBe(0);
});

test("a 429 comes back when impact.com says the hour ends", async () => {
  const resetsAt = new Date("2026-11-23T11:00:00Z");
  const budget: ImpactBudget = { ...unlimited, observe: async () => resetsAt };
  const { ask } = await clientOf(answering(429, "{}"), budget);
  expect(await ask()).toMatchObject({
    ok: false,
    problem: { kind: "rate-limited", retryAt: resetsAt },
  });
});

test.each([
  ["CompanyInformation", "Account"],
  ["Campaigns", "Campaigns"],
  ["Campaigns/1000/Contracts", "Contracts"],
  ["MediaPartners", "Partners"],
  ["PromoCodes", "Promo Codes"],
  ["Conversions", "Conversions"],
  ["APISubmissions/S-1", "Submissions"],
  ["Actions", "Actions"],
])("a refusal of %s names the permission %s", async (path, permission) => {
  const { ask } = await clientOf(answering(403, "{}"));
  const answer = await ask(undefined, path);
  expect(!answer.ok && answer.problem.message).toMatch(
    new RegExp(`lacks the permission “${permission}”.*tick Account, Actions.*Submissions`),
  );
});

test("a failure is logged with its account, path and cause, and without the token", async () => {
  const { ask, warn } = await clientOf(answering(503, "{}"));
  await ask({ CustomerEmail: "kim@example.com" });
  const request = { accountSid: CREDENTIALS.accountSid, method: "POST", path: "Things" };
  expect(warn.mock.calls).toEqual([
    [{ ...request, kind: "unavailable", cause: "HTTP 503" }, "impact.com request failed"],
  ]);
});
