import { expect, test } from "vitest";
import { conversionForm } from "../acme.ts";
import { addClick, addPartner } from "../create-state.ts";
import { days } from "../days.ts";
import { anna10, started, tail } from "../started-acme.ts";
import { whoWasPaid } from "../who-was-paid.ts";

test("values come as strings and empty ones as empty strings, or typed by the other reading", async () => {
  const { state, call } = await started();
  const created = await call("POST", "/PromoCodes", anna10);
  const uri = tail(created.body.Uri);
  expect((await call("GET", uri)).body).toMatchObject({
    Code: "ANNA10",
    CampaignId: "1000",
    EndDate: "",
    DealId: "",
    State: "ACTIVE",
    SynchAdsPromoCodes: "false",
    StartDate: "2026-03-10T04:00:00-08:00",
  });
  state.rules.scalars = "typed";
  expect((await call("GET", uri)).body).toMatchObject({ SynchAdsPromoCodes: false });
});

test("lists are paged with @-keys, all of them strings", async () => {
  const { account, call } = await started();
  for (let i = 0; i < 5; i += 1)
    addPartner(account, {
      id: `${20_000 + i}`,
      name: `P${i}`,
      email: "p@x.example",
      contract: null,
    });
  const second = await call("GET", "/MediaPartners?Page=2&PageSize=3");
  expect(second.body).toMatchObject({
    "@page": "2",
    "@numpages": "3",
    "@pagesize": "3",
    "@total": "7",
    "@start": "3",
    "@end": "5",
    "@nextpageuri": "/Advertisers/IRacme/MediaPartners?Page=3&PageSize=3",
  });
  expect(second.body.Partners).toHaveLength(3);
  const last = await call("GET", "/MediaPartners?Page=3&PageSize=3");
  expect(last.body).toMatchObject({ "@nextpageuri": "" });
  expect(last.body.Partners).toHaveLength(1);
  expect((await call("GET", "/MediaPartners?Page=4&PageSize=3")).body.Partners).toEqual([]);
});

test("a click of a partner with an ALWAYS code is not told of, or is by the other readings", async () => {
  const { state, account, call } = await started();
  const now = state.clock.now();
  await call("POST", "/PromoCodes", { ...anna10, CreditPolicy: "ALWAYS" });
  const programId = "1000";
  addClick(account, {
    id: "before",
    partnerId: "10000",
    programId,
    at: new Date(now.getTime() - days(1)),
  });
  addClick(account, { id: "annas", partnerId: "10000", programId, at: now });
  addClick(account, { id: "bens", partnerId: "10001", programId, at: now });
  const told = async () => {
    const ids = ["before", "annas", "bens"];
    const answers = ids.map((id) => call("GET", `/Campaigns/1000/Clicks/${id}`));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  expect(await told()).toEqual([200, 404, 200]);
  for (const other of ["known, and pay nobody", "as all others"] as const) {
    state.rules.alwaysPartnersClicks = other;
    expect(await told()).toEqual([200, 200, 200]);
  }
});

test("partners can be filtered by program and relationship, and bear their contacts", async () => {
  const { account, call } = await started();
  addPartner(account, { id: "20000", name: "No One", email: "no@x.example", contract: null });
  const ids = async (query: string) => {
    const partners = (await call("GET", `/MediaPartners?${query}`)).body.Partners as {
      Id: string;
    }[];
    return partners.map(({ Id }) => Id);
  };
  expect(await ids("CampaignId=1000")).toEqual(["10000", "10001"]);
  expect(await ids("RelationshipState=INACTIVE")).toEqual(["20000"]);
  expect(await ids("Id=20000,10001")).toEqual(["20000", "10001"]);
  expect((await call("GET", "/MediaPartners/10000")).body).toMatchObject({
    Programs: [{ Id: "1000", ContractId: "S-3240001", ExpirationDate: "" }],
    Contacts: [{ Email: "10000@partner.example", IsPrimary: "true" }],
  });
});

test("event types can be read from the contracts, of which the active ones are listed", async () => {
  const { account, call } = await started();
  expect((await call("GET", "/Campaigns/1000/Contracts")).body).toMatchObject({
    "@total": "2",
    Contracts: [
      {
        PartnerId: "10000",
        TemplateTerms: { EventPayouts: [{ EventTypeId: "4000", EventTypeName: "Online Sale" }] },
      },
      { PartnerId: "10001" },
    ],
  });
  for (const contract of account.contracts) contract.endsAt = new Date("2026-03-01T00:00:00Z");
  expect((await call("GET", "/Campaigns/1000/Contracts")).body["@total"]).toBe("0");
  expect((await call("GET", "/Campaigns/1000/Contracts?Status=EXPIRED")).body["@total"]).toBe("2");
  expect((await call("GET", "/Campaigns/1000/Contracts/S-3240001")).status).toBe(200);
});

test("a program says whether it tracks promo codes", async () => {
  const { call } = await started();
  expect((await call("GET", "/Campaigns")).body).toMatchObject({
    Campaigns: [{ Id: "1000", Name: "Acme", PromoCodeTracking: "true" }],
  });
  expect((await call("GET", "/Campaigns/1000")).body).toMatchObject({ State: "ACTIVE" });
  expect((await call("GET", "/Campaigns/1")).status).toBe(404);
});

test("a promo code needs a known partner that has joined the program", async () => {
  const { account, call } = await started();
  addPartner(account, { id: "20000", name: "No One", email: "no@x.example", contract: null });
  const field = async (changes: Record<string, string>) => {
    const { status, body } = await call("POST", "/PromoCodes", { ...anna10, ...changes });
    return [status, (body.Errors as { Field: string }[] | undefined)?.[0]?.Field];
  };
  expect(await field({ AssignedPartnerId: "1" })).toEqual([400, "AssignedPartnerId"]);
  expect(await field({ AssignedPartnerId: "20000" })).toEqual([400, "AssignedPartnerId"]);
  expect(await field({ CampaignId: "1" })).toEqual([400, "CampaignId"]);
  expect(await field({ Type: "RE", Code: "ANNA-(" })).toEqual([400, "Code"]);
  expect(await field({ CreditPolicy: "SOMETIMES" })).toEqual([400, "CreditPolicy"]);
  expect(await field({})).toEqual([200, undefined]);
});

test("an active code cannot be created twice in a program, and again once it is expired", async () => {
  const { call } = await started();
  const first = await call("POST", "/PromoCodes", anna10);
  const toBen = { ...anna10, AssignedPartnerId: "10001" };
  expect(await call("POST", "/PromoCodes", toBen)).toMatchObject({
    status: 400,
    body: { Errors: [{ Field: "Code" }] },
  });
  expect(await call("DELETE", tail(first.body.Uri))).toMatchObject({ body: { Status: "OK" } });
  expect((await call("GET", "/PromoCodes?Code=ANNA10&State=INACTIVE")).body["@total"]).toBe("1");
  expect((await call("POST", "/PromoCodes", toBen)).status).toBe(200);
  expect((await call("GET", "/PromoCodes?Code=ANNA10")).body["@total"]).toBe("2");
});

test("a code created without StartDate is active from the minute of its creation", async () => {
  const { state, wait, call } = await started();
  wait(45_000);
  await call("POST", "/PromoCodes", anna10);
  const early = { EventDate: "2026-03-10T12:00:00Z", OrderId: "1" };
  await call("POST", "/Conversions", conversionForm(early));
  await call("POST", "/Conversions", conversionForm({ OrderId: "2" }));
  expect(whoWasPaid(state, "1")).toMatchObject({ partnerId: "10000" });
  expect(whoWasPaid(state, "2")).toMatchObject({ unpaid: "ACTION_REF_NOT_FOUND" });
});

test("a submission is Queued, In Progress and then Complete with its error, for 90 days", async () => {
  const { wait, call } = await started({ submissionDelayMs: 60_000 });
  const uri = tail((await call("POST", "/Conversions", conversionForm())).body.QueuedUri);
  const look = async () => (await call("GET", uri)).body;
  expect(await look()).toMatchObject({ Status: "Queued", CompletionDate: "", ErrorType: "" });
  wait(30_000);
  expect(await look()).toMatchObject({ Status: "In Progress" });
  wait(30_000);
  expect(await look()).toMatchObject({
    Status: "Complete",
    CompletionDate: "2026-03-10T04:01:00-08:00",
    ErrorType: "Contract Error",
    ErrorReason: "ACTION_REF_NOT_FOUND",
  });
  wait(days(91));
  expect((await call("GET", uri)).status).toBe(404);
});

test("an action can be listed, read with its items, modified and reversed", async () => {
  const { call, wait } = await started();
  await call("POST", "/Conversions", conversionForm({ MediaId: "10000" }));
  const listed = await call("GET", "/Actions?CampaignId=1000");
  const [action] = listed.body.Actions as Record<string, string>[];
  expect(listed.body["@pagesize"]).toBe("20000");
  expect(action).toMatchObject({
    Oid: "5500001",
    MediaPartnerId: "10000",
    State: "PENDING",
    PromoCode: "ANNA10",
    Amount: "60",
    Payout: "6",
    Currency: "USD",
    ActionTrackerId: "4000",
  });
  const id = action?.Id ?? "";
  expect(id).toMatch(/^1000\.4636\.\d+$/);
  wait(days(1));
  const fields = { ActionId: id, Reason: "ORDER_UPDATE", Sku: "CAP", Quantity: "1" };
  expect(await call("PUT", "/Actions", fields)).toMatchObject({ body: { Status: "QUEUED" } });
  expect((await call("GET", `/Actions/${id}`)).body).toMatchObject({
    Amount: "35",
    DeltaAmount: "-25",
    IntendedAmount: "60",
    Payout: "3.5",
  });
  expect((await call("GET", `/Actions/${id}/Items`)).body).toMatchObject({
    ActionItems: [{ Sku: "CAP", Quantity: "1", AdjustmentReason: "ORDER_UPDATE" }, { Sku: "SOCK" }],
  });
  const reversal = { ActionId: id, DispositionCode: "ITEM_RETURNED" };
  const queued = await call("DELETE", "/Actions", reversal);
  expect((await call("GET", tail(queued.body.QueuedUri))).body).toMatchObject({ Type: "Reversal" });
  expect((await call("GET", `/Actions/${id}`)).body).toMatchObject({ State: "REVERSED" });
});

test("actions are shown in the account's currency, whatever the order's was", async () => {
  const { account, state, call } = await started();
  account.exchangeRates.JPY = "0.0067";
  const yen = { CurrencyCode: "JPY", ItemPrice1: "1200", ItemPrice2: "600", MediaId: "10000" };
  await call("POST", "/Conversions", conversionForm(yen));
  expect(whoWasPaid(state, "5500001")).toMatchObject({ amountMinor: 3000, currency: "JPY" });
  const { body } = await call("GET", "/Actions?CampaignId=1000");
  expect(body.Actions).toMatchObject([{ Amount: "20.1", Payout: "2.01", Currency: "USD" }]);
});

test("actions without a date filter are those updated in the last 7 days", async () => {
  const { wait, call } = await started();
  await call("POST", "/Conversions", conversionForm({ MediaId: "10000" }));
  wait(days(8));
  expect((await call("GET", "/Actions?CampaignId=1000")).body["@total"]).toBe("0");
  const dates = "ActionDateStart=2026-03-01T00:00:00Z&ActionDateEnd=2026-03-31T00:00:00Z";
  expect((await call("GET", `/Actions?CampaignId=1000&${dates}`)).body["@total"]).toBe("1");
});
