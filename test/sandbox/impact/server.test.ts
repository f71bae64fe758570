import { expect, test } from "vitest";
import { conversionForm } from "./acme.ts";
import { anna10, headers, started, tail } from "./started-acme.ts";
import { whoWasPaid } from "./who-was-paid.ts";

test("from a registered code to a paid partner", async () => {
  const { state, server, call } = await started();
  const created = await call("POST", "/PromoCodes", anna10);
  expect(created).toMatchObject({ status: 200, body: { Status: "OK" } });
  const form = conversionForm({ EventDate: "2026-03-10T12:00:00Z" });
  const queued = await call("POST", "/Conversions", form);
  expect(queued).toMatchObject({ status: 200, body: { Status: "QUEUED" } });
  expect(await call("GET", tail(queued.body.QueuedUri))).toMatchObject({
    status: 200,
    body: {
      Status: "Complete",
      Type: "Conversion",
      OrderId: "5500001",
      MediaPartnerId: "10000",
      CampaignId: "1000",
      ActionTrackerId: "4000",
      ErrorType: "",
      ErrorReason: "",
    },
  });
  expect(whoWasPaid(state, "5500001")).toMatchObject({ partnerId: "10000", payoutMinor: 600 });
  expect(server.requests.flatMap(({ violations }) => violations)).toEqual([]);
});

test("wrong credentials are 401 and another account's path is 403", async () => {
  const { server } = await started();
  const get = (sid: string, token: string, path: string) =>
    fetch(server.url + path, { headers: headers(sid, token) });
  const own = "/Advertisers/IRacme/CompanyInformation";
  expect((await get("IRacme", "wrong", own)).status).toBe(401);
  expect((await get("IRother", "secret", own)).status).toBe(401);
  expect((await get("IRacme", "secret", own)).status).toBe(200);
  expect((await get("IRacme", "secret", "/Advertisers/IRother/Campaigns")).status).toBe(403);
  expect((await fetch(server.url + own, { headers: { Accept: "application/json" } })).status).toBe(
    401,
  );
});

test("a token without the endpoint's scope, or disabled, is 403", async () => {
  const { account, call } = await started();
  const token = account.tokens[0];
  if (token === undefined) throw new Error("no token");
  token.scopes = ["Retrieve campaigns/campaign"];
  expect((await call("GET", "/Campaigns")).status).toBe(200);
  expect(await call("GET", "/CompanyInformation")).toMatchObject({
    status: 403,
    body: { Status: "ERROR" },
  });
  token.disabled = true;
  expect((await call("GET", "/Campaigns")).status).toBe(403);
});

test("without Accept: application/json the answer is XML", async () => {
  const { server } = await started();
  const { Authorization } = headers("IRacme", "secret");
  const response = await fetch(`${server.url}/Advertisers/IRacme/Campaigns`, {
    headers: { Authorization: Authorization ?? "" },
  });
  expect(response.status).toBe(406);
  expect(response.headers.get("content-type")).toContain("application/xml");
  expect(await response.text()).toContain("<ImpactRadiusResponse><Status>ERROR</Status>");
});

test("a JSON body is 415, an unknown path 404, an undocumented method 405", async () => {
  const { server, call } = await started();
  const response = await fetch(`${server.url}/Advertisers/IRacme/Conversions`, {
    method: "POST",
    headers: { ...headers("IRacme", "secret"), "Content-Type": "application/json" },
    body: JSON.stringify(Object.fromEntries(conversionForm())),
  });
  expect(response.status).toBe(415);
  expect((await call("GET", "/ActionTrackers")).status).toBe(404);
  expect((await call("DELETE", "/Campaigns")).status).toBe(405);
});

test("Conversions' refusals are lower case, the others' are not, and every one is logged", async () => {
  const { server, state, call } = await started();
  const bad = conversionForm({ CampaignId: "acme" });
  const error = { Status: "ERROR", errors: [{ field: "CampaignId", level: "ERROR" }] };
  expect(await call("POST", "/Conversions", bad)).toMatchObject({ status: 400, body: error });
  expect(await call("GET", "/PromoCodes?CampaignId=acme")).toMatchObject({
    status: 400,
    body: {
      Status: "ERROR",
      Message: "Validation Failed",
      Errors: [{ Field: "CampaignId", Message: "Not a numeric value" }],
    },
  });
  state.rules.conversionErrors = "upper case";
  expect(await call("POST", "/Conversions", bad)).toMatchObject({
    body: { Errors: [{ Field: "CampaignId" }] },
  });
  expect(server.requests.map(({ violations }) => violations.length)).toEqual([1, 1, 1]);
  expect(whoWasPaid(state, "5500001")).toMatchObject({ unpaid: "NEVER REPORTED" });
});

test("the log holds no credentials", async () => {
  const { server, call } = await started();
  await call("GET", "/Campaigns");
  expect(JSON.stringify(server.requests)).not.toMatch(/authorization|secret/i);
});

test("the hourly limit is counted down in headers, refuses with 429 and starts over", async () => {
  const { wait, call } = await started({ requestsPerHour: 2 });
  const first = await call("GET", "/Campaigns");
  expect(first.headers.get("X-RateLimit-Limit")).toBe("2");
  expect(first.headers.get("X-RateLimit-Remaining")).toBe("1");
  expect(Number(first.headers.get("X-RateLimit-Reset"))).toBe(Date.UTC(2026, 2, 10, 13) / 1000);
  await call("GET", "/Campaigns");
  expect((await call("POST", "/Conversions", conversionForm())).status).toBe(429);
  wait(60 * 60 * 1000);
  expect((await call("GET", "/Campaigns")).status).toBe(200);
});

test("by the other readings Conversions are free, Reset is seconds, and names end in -hour", async () => {
  const { call } = await started({
    requestsPerHour: 1,
    conversionsCountTowardsLimit: false,
    rateLimitReset: "seconds",
    rateLimitSpelling: "hour",
  });
  const { headers: sent } = await call("GET", "/Campaigns");
  expect(sent.get("X-RateLimit-Limit-hour")).toBe("1");
  expect(sent.get("X-RateLimit-Remaining-hour")).toBe("0");
  expect(sent.get("RateLimit-Reset")).toBe("3600");
  expect((await call("GET", "/Campaigns")).headers.get("Retry-After")).toBe("3600");
  expect((await call("POST", "/Conversions", conversionForm())).status).toBe(200);
});

test("on command requests fail, are limited, or say ERROR in a 200", async () => {
  const { server, call } = await started();
  server.faults.failNext(1, 500);
  server.faults.rateLimitNext(1);
  server.faults.failNext(1, 200);
  expect((await call("GET", "/Campaigns")).status).toBe(500);
  const limited = await call("GET", "/Campaigns");
  expect([limited.status, limited.headers.get("X-RateLimit-Remaining")]).toEqual([429, "0"]);
  expect(await call("GET", "/Campaigns")).toMatchObject({ status: 200, body: { Status: "ERROR" } });
  expect((await call("GET", "/Campaigns")).body.Status).toBeUndefined();
});

test("a fault can wait for the requests it is meant for", async () => {
  const { server, call } = await started();
  server.faults.failNext(1, 500, ({ path }) => path.endsWith("/PromoCodes"));
  expect((await call("GET", "/Campaigns")).status).toBe(200);
  expect((await call("GET", "/PromoCodes")).status).toBe(500);
});

test("on command every answer is slow", async () => {
  const { server, call } = await started();
  server.faults.slow(60_000);
  const init = { headers: headers("IRacme", "secret"), signal: AbortSignal.timeout(50) };
  const url = `${server.url}/Advertisers/IRacme/Campaigns`;
  await expect(fetch(url, init)).rejects.toThrow();
  expect(server.requests.map(({ outcome }) => outcome)).toEqual([null]);
  server.faults.slow(0);
  expect((await call("GET", "/Campaigns")).status).toBe(200);
});

test("a gateway's failure bears no envelope", async () => {
  const { server } = await started();
  server.faults.failNext(1, 503);
  const response = await fetch(server.url, { headers: headers("IRacme", "secret") });
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("<h1>503 Service Unavailable</h1>");
});

test("hanging up after accepting has processed the request, before accepting has not", async () => {
  const { server, state, call } = await started();
  server.faults.hangUpAfterAccepting(1);
  await expect(
    call("POST", "/Conversions", conversionForm({ MediaId: "10000", OrderId: "1" })),
  ).rejects.toThrow();
  server.faults.hangUpBeforeAccepting(1);
  await expect(
    call("POST", "/Conversions", conversionForm({ MediaId: "10000", OrderId: "2" })),
  ).rejects.toThrow();
  expect(whoWasPaid(state, "1")).toMatchObject({ partnerId: "10000" });
  expect(whoWasPaid(state, "2")).toMatchObject({ unpaid: "NEVER REPORTED" });
  expect(server.requests.map(({ outcome }) => outcome)).toEqual([
    "hung up after accepting",
    "hung up before accepting",
  ]);
});
