import { DEFAULT_REPORT_SETTINGS } from "#app/core/shops/report-settings.ts";
import type { Theirs } from "#test/core/given/theirs.ts";

export type Form = Record<string, string | string[]>;

/** The forms a route's action takes, filled with the other shop's ids; none for a route without one. */
export type RouteCase = (theirs: Theirs) => Form[];

const NO_FORM: RouteCase = () => [];

/** As where no rule was saved before. */
const A_MEETING = { opened: "none", meeting: "code-without-click", clickAlone: "report" };

/** One line for each file of app/routes that answers a signed-in shop. */
export const ROUTE_CASES: Record<string, RouteCase> = {
  "app.$.tsx": NO_FORM,
  "app.tsx": NO_FORM,
  "app._index.tsx": NO_FORM,
  "app.adopt._index.tsx": (t) => [
    { draftKey: t.discountId, source: "picked", discount: `${t.discountShopifyId} Theirs` },
    { draftKey: t.batchId, source: "every", search: "" },
    { draftKey: t.codeId, source: "nobodys" },
    { draftKey: t.adoptionId, source: "impact" },
  ],
  "app.adopt.$adoptionId.tsx": () => [
    { intent: "choose", by: "pattern", pattern: "{PARTNER}*" },
    { intent: "adopt", since: "2026-11-01" },
  ],
  "app.adopt_.$adoptionId.file.tsx": (t) => [{ code: t.code, partner: t.partnerId }],
  "app.adopt_.$adoptionId.left.tsx": NO_FORM,
  "app.adopt_.$adoptionId.wrong-rows.tsx": NO_FORM,
  "app.batches.$batchId.tsx": () => [{ intent: "cancel" }, { intent: "resume" }],
  "app.batches.$batchId_.failed.tsx": NO_FORM,
  "app.batches._index.tsx": NO_FORM,
  "app.click-capture.tsx": () => [
    {},
    { landings: "on" },
    { landings: "off" },
    { parameter: "ref" },
  ],
  "app.codes.tsx": NO_FORM,
  "app.codes._index.tsx": (t) => [
    { intent: "save-view", name: "Mine", query: `discount=${t.discountId}` },
    { intent: "rename-view", view: t.viewId, name: "Not mine" },
    { intent: "remove-view", view: t.viewId },
  ],
  "app.codes.assign.tsx": (t) => [{ code: t.code, partner: t.partnerId, since: "2026-11-01" }],
  "app.codes.change.tsx": (t) => [
    { draftKey: t.discountId, action: "retire", id: t.codeId },
    { draftKey: t.discountId, action: "reassign", id: t.codeId, to: t.partnerId },
    { draftKey: t.discountId, action: "rotate", id: t.codeId, pattern: "{RANDOM:6}" },
    { draftKey: t.discountId, action: "register-anew", id: t.codeId },
    { draftKey: t.discountId, action: "register-anew", needing: "click" },
  ],
  "app.codes.check.tsx": NO_FORM,
  "app.codes_.differences.tsx": (t) => [
    { intent: "check" },
    { intent: "repair", kind: "only-at-impact", subject: "GUARDED-CODE", repair: "end-at-impact" },
    { intent: "repair-all", kind: "only-at-impact", repair: "end-at-impact" },
    { intent: "repair", kind: "missing-in-shopify", subject: t.code, repair: "make-again" },
  ],
  "app.codes.export.tsx": NO_FORM,
  "app.codes.notices.tsx": NO_FORM,
  "app.discounts.$discountId.tsx": () => [
    {},
    { intent: "activate" },
    { intent: "deactivate" },
    { intent: "delete" },
  ],
  "app.discounts.$discountId_.draw.tsx": (t) => [
    { draftKey: t.discountId, pattern: "{RANDOM:6}", codesEach: "1", partnerId: t.partnerId },
    { draftKey: t.batchId, pattern: "{RANDOM:6}", codesEach: "1", everyone: "on" },
  ],
  "app.discounts.$discountId_.draw_.preview.tsx": NO_FORM,
  "app.discounts._index.tsx": NO_FORM,
  "app.discounts_.$discountId.edit.tsx": () => [{ ...DRAFT, title: "Not mine" }],
  "app.discounts_.$discountId.upload._index.tsx": NO_FORM,
  "app.discounts_.$discountId.upload.check.tsx": (t) => [{ code: t.code, partner: t.partnerId }],
  "app.discounts.new.tsx": (t) => [
    { ...DRAFT, draftKey: t.discountId, code: "NEWCODE", partnerId: "99999" },
    { ...DRAFT, draftKey: t.draftKey, code: t.code, partnerId: t.partnerId },
  ],
  "app.files._index.tsx": (t) => [{}, { batchId: t.batchId }],
  "app.files.$fileId.tsx": () => [
    { intent: "uploaded" },
    { intent: "look" },
    { intent: "renew" },
    { intent: "take-back" },
  ],
  "app.files_.$fileId.part.$part.tsx": NO_FORM,
  "app.impact.tsx": () => [
    { intent: "sync-partners" },
    { intent: "choose-program", programId: "1000", eventTypeId: "4000" },
    { intent: "connect", accountSid: "IRtestAccount", authToken: "test-token" },
    { intent: "disconnect" },
  ],
  "app.impact_.choice.tsx": NO_FORM,
  "app.ledger.tsx": (t) => [
    { intent: "orders" },
    { intent: "actions" },
    { intent: "dismiss", impactOrderId: t.orderId, kind: "other-amount" },
  ],
  "app.orders.$orderId.tsx": () => [{}],
  "app.orders._index.tsx": NO_FORM,
  "app.orders.export.tsx": NO_FORM,
  "app.hand-outs.tsx": () => [{ landingPath: "/collections/mine" }],
  "app.hand-outs_.csv.tsx": NO_FORM,
  "app.hand-outs_.qr.$codeId.tsx": NO_FORM,
  "app.hand-outs_.zip.tsx": NO_FORM,
  "app.partners.tsx": NO_FORM,
  "app.partners_.$partnerId.tsx": NO_FORM,
  "app.partners_.$partnerId_.hand-out.tsx": NO_FORM,
  "app.problems.tsx": (t) => [
    { intent: "retry-order", orderId: t.orderId },
    { intent: "retry-reason", reason: "refused" },
    { intent: "retry-all" },
    { intent: "retry-code", codeId: t.codeId },
    { intent: "retry-discount", discountId: t.discountId },
    { intent: "fetch-order", deliveryId: t.deliveryId },
  ],
  "app.rules.tsx": (t) => [
    { intent: "rule", ...A_MEETING, several: "highest-priority", discounts: [t.discountId] },
    { intent: "override", ...A_MEETING, scope: "code", subject: t.code },
    { intent: "override", ...A_MEETING, scope: "partner", subject: t.partnerId },
    { intent: "override", ...A_MEETING, scope: "discount", subject: t.discountId },
    { intent: "take-back", opened: "none", scope: "partner", subject: t.partnerId },
  ],
  "app.rules_.try.tsx": NO_FORM,
  "app.segments.tsx": NO_FORM,
  "app.uploads.$uploadId.tsx": () => [{}],
  "app.uploads_.$uploadId.wrong-rows.tsx": NO_FORM,
  "app.settings.tsx": () => [
    { opened: JSON.stringify(DEFAULT_REPORT_SETTINGS), reportWhen: "paid", amountBasis: "gross" },
  ],
  "app.settings_.export.$recordId.tsx": NO_FORM,
};

/** They answer nobody in particular: a welcome, the library's sign-in, signed webhooks, and pixels. */
export const NOT_OF_A_SHOP = ["_index.tsx", "auth.$.tsx", "clicks.tsx", "webhooks.tsx"];

const DRAFT = {
  title: "Mine",
  valueKind: "percentage",
  value: "10",
  startsOn: "2026-11-01",
  endsOn: "",
  usageLimit: "",
  minimum: "",
};

/** Loaders that say nothing which is a shop's alone, each with the reason; all others must tell it. */
export const TELL_NOTHING: Record<string, string> = {
  "app.$.tsx": "there is no such page",
  "app.adopt_.$adoptionId.left.tsx": "the adoption left out nothing",
  "app.adopt_.$adoptionId.wrong-rows.tsx": "the adoption was of no file",
  "app.batches.$batchId_.failed.tsx": "no code of the batch failed",
  "app.click-capture.tsx": "settings only",
  "app.discounts.$discountId_.draw_.preview.tsx": "codes that are drawn for the look",
  "app.impact_.choice.tsx": "asks impact.com, whose account both shops use",
  "app.problems.tsx": "nothing failed",
  "app.segments.tsx": "segments come from Shopify, where the shop has none",
  "app.tsx": "what every page has in common",
};
