import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { createCodeMaking } from "./adapters/code-making/code-making.ts";
import { handOutArchive } from "./adapters/hand-outs/hand-out-archive.ts";
import { handOutPage } from "./adapters/hand-outs/hand-out-page.ts";
import { qrPng, qrSvg } from "./adapters/hand-outs/qr-picture.ts";
import { createImpactBudget } from "./adapters/impact/impact-budget.ts";
import { createImpactClient, IMPACT_TIMEOUT_MS } from "./adapters/impact/impact-client.ts";
import { createImpact } from "./adapters/impact/impact.ts";
import { rawSqlOver } from "./adapters/postgres/raw-sql.ts";
import { createStore } from "./adapters/postgres/store.ts";
import { createTurns } from "./adapters/postgres/turns.ts";
import { createSendHttp } from "./adapters/send-http.ts";
import { createAdminClient } from "./adapters/shopify/admin-client.ts";
import { createOfflineAdmin } from "./adapters/shopify/offline-admin.ts";
import { createPacedAdmin } from "./adapters/shopify/paced-admin.ts";
import { createShopify } from "./adapters/shopify/shopify.ts";
import { readRules } from "./core/attribution/read-rules.ts";
import { saveOverride, saveRule, takeBackOverride } from "./core/attribution/save-rule.ts";
import { startLoneLookUps } from "./core/simulation/look-up-lone-clicks.ts";
import { readPayoutRates } from "./core/simulation/payout-rates.ts";
import { simulateRule } from "./core/simulation/simulate-rule.ts";
import { choosePartnersBy } from "./core/adopting/choose-partners-by.ts";
import { countNobodys } from "./core/adopting/count-nobodys.ts";
import { nameByFile, type PartnerFile } from "./core/adopting/name-by-file.ts";
import { wrongFileRows } from "./core/adopting/wrong-file-rows.ts";
import { listAdoptable } from "./core/adopting/list-adoptable.ts";
import { leftCodesFile, readAdopting } from "./core/adopting/read-adopting.ts";
import { readAdoption } from "./core/adopting/read-adoption.ts";
import { startAdoption } from "./core/adopting/start-adoption.ts";
import { takeAdoption } from "./core/adopting/take-adoption.ts";
import { cancelBatch } from "./core/batches/cancel-batch.ts";
import { previewDrawing } from "./core/batches/preview-drawing.ts";
import { listBatches, listFailedCodes, listLeftOut, readBatch } from "./core/batches/read-batch.ts";
import { resumeBatch } from "./core/batches/resume-batch.ts";
import { startDrawing } from "./core/batches/start-drawing.ts";
import { previewChange } from "./core/changes/preview-change.ts";
import { failedChangesFile, readChange } from "./core/changes/read-change.ts";
import { startChange } from "./core/changes/start-change.ts";
import { warnRotation } from "./core/changes/warn-rotation.ts";
import { readUpload } from "./adapters/uploads/read-upload.ts";
import { repairDifference } from "./core/code-differences/repair-difference.ts";
import { readDifferences } from "./core/code-differences/read-differences.ts";
import { startRepairs } from "./core/code-differences/repair-all.ts";
import { startCheck } from "./core/code-differences/start-check.ts";
import { assignCode } from "./core/codes/assign-code.ts";
import { checkCodes } from "./core/codes/check-codes.ts";
import { createDiscount } from "./core/codes/create-discount.ts";
import { editDiscount, openDiscount } from "./core/codes/edit-discount.ts";
import { deleteDiscount, switchDiscount } from "./core/codes/end-discount.ts";
import { findMade } from "./core/codes/find-made.ts";
import { findSegments } from "./core/codes/find-segments.ts";
import { listPartnersForCodes } from "./core/codes/list-partners-for-codes.ts";
import { exportCodes } from "./core/codes/export-codes.ts";
import { listCodeChoices } from "./core/codes/list-code-choices.ts";
import { listCodes } from "./core/codes/list-codes.ts";
import { listCodesInUse } from "./core/codes/list-codes-in-use.ts";
import { listDiscounts, readDiscount } from "./core/codes/read-discounts.ts";
import { previewAssignment } from "./core/codes/preview-assignment.ts";
import { retryCode } from "./core/codes/retry-code.ts";
import { retryDiscount } from "./core/codes/retry-discount.ts";
import { listUnassignedCodes } from "./core/codes/unassigned-codes.ts";
import { warnNamedCode } from "./core/codes/warn-named-code.ts";
import { listViews } from "./core/codes/views/list-views.ts";
import { removeView } from "./core/codes/views/remove-view.ts";
import { renameView } from "./core/codes/views/rename-view.ts";
import { saveView } from "./core/codes/views/save-view.ts";
import { handOutLines } from "./core/hand-outs/hand-out-lines.ts";
import { listHandOuts } from "./core/hand-outs/list-hand-outs.ts";
import { readHandOutOverview } from "./core/hand-outs/read-hand-out-overview.ts";
import { readPartner } from "./core/hand-outs/read-partner.ts";
import { saveLandingPath } from "./core/hand-outs/save-landing-path.ts";
import { exportOrders } from "./core/orders/export-orders.ts";
import { fetchLostOrder } from "./core/orders/fetch-lost-order.ts";
import { readLedger } from "./core/ledger/read-ledger.ts";
import { readBackfill, readReconciliations } from "./core/ledger/read-reconciliations.ts";
import { dismissDifference } from "./core/ledger/dismiss-difference.ts";
import { startReconciliation } from "./core/ledger/start-reconciliation.ts";
import { listOrders } from "./core/orders/list-orders.ts";
import { countProblems, listProblems } from "./core/orders/list-problems.ts";
import { readOrder } from "./core/orders/read-order.ts";
import { gatherDeliveries } from "./core/orders/gather-deliveries.ts";
import { receiveDeliveries } from "./core/orders/receive-delivery.ts";
import { retryOrder } from "./core/orders/retry-order.ts";
import { startRetry } from "./core/orders/retry-orders.ts";
import { listPartners } from "./core/partners/list-partners.ts";
import { startPartnerSync } from "./core/partners/sync-partners.ts";
import type { ShopDomain } from "./core/ids.ts";
import type { Ports } from "./core/ports/ports.ts";
import { confirmUpload, lookNow, renewFile } from "./core/registration-files/look-now.ts";
import { listFiles, readFile, readFileHint } from "./core/registration-files/read-file.ts";
import { startFile } from "./core/registration-files/start-file.ts";
import { startTakingBack } from "./core/registration-files/take-back-file.ts";
import { writePart } from "./core/registration-files/write-part.ts";
import { exportHeldOrders } from "./core/privacy/export-held-orders.ts";
import { listCompliance } from "./core/privacy/list-compliance.ts";
import { chooseProgram, listProgramChoice } from "./core/program/choose-program.ts";
import { connectImpact, disconnectImpact } from "./core/program/connect-impact.ts";
import { readConnection } from "./core/program/read-connection.ts";
import { readHome } from "./core/reports/read-home.ts";
import { ensureShop } from "./core/shops/ensure-shop.ts";
import { readReportSettings } from "./core/shops/read-report-settings.ts";
import { saveReportSettings } from "./core/shops/save-report-settings.ts";
import { checkClicks } from "./core/clicks/check-clicks.ts";
import { nameClicks, readLandings, turnLandings } from "./core/clicks/landings.ts";
import { readPixel, turnOnPixel } from "./core/clicks/pixel.ts";
import { receiveClick } from "./core/clicks/receive-click.ts";
import { checkUpload, type UploadForm } from "./core/uploads/check-upload.ts";
import { listRefusedRows } from "./core/uploads/list-refused-rows.ts";
import { readUploadCheck, readWrongRows } from "./core/uploads/read-upload-check.ts";
import { takeUpload } from "./core/uploads/take-upload.ts";
import { boss, intakeStore, log, pool, prisma } from "./db.server.ts";
import { env } from "./env.server.ts";
import { countingListed, countingLog, countingOutcomes } from "./metered-ports.server.ts";
import { countThrottled } from "./metrics.server.ts";
import { secrets, sessionStorage, shopifyLibrary } from "./shopify.server.ts";

const clock = { now: () => new Date() };
const clickEndpoint = new URL("/clicks", env.SHOPIFY_APP_URL).href;

/** In one turn the sockets are read that were ready before it: what came meanwhile is in the next. */
async function untilRead(): Promise<void> {
  await turn();
  await turn();
}

async function waitOutThrottling(ms: number): Promise<void> {
  countThrottled("shopify");
  await sleep(ms);
}

/** The one place where adapters meet core. */
export const ports: Ports = {
  clock,
  pause: async (ms) => sleep(ms),
  random: Math.random,
  codeMaking: createCodeMaking(),
  store: countingListed(createStore({ prisma, pool, boss, secrets })),
  shopify: createShopify(
    createAdminClient({
      adminFor: createPacedAdmin({
        adminFor: createOfflineAdmin({
          api: shopifyLibrary,
          sessions: sessionStorage,
          // Few at once: each holds a connection while Shopify is asked.
          inTurn: createTurns(prisma, { atOnce: 2, longestMs: 20_000 }),
        }),
        clock,
        sleep,
      }),
      clock,
      sleep: waitOutThrottling,
      log: countingLog("shopify", log),
    }),
  ),
  impact: countingOutcomes(
    createImpact(
      createImpactClient({
        baseUrl: env.IMPACT_API_URL,
        budget: createImpactBudget(rawSqlOver(pool), clock),
        send: createSendHttp({ timeoutMs: IMPACT_TIMEOUT_MS }),
        log: countingLog("impact", log),
      }),
    ),
  ),
};

/** A file as it comes in, of which no more than so many bytes are read. */
type Incoming<File> = Omit<File, "rows"> & { bytes: AsyncIterable<Uint8Array>; sizeLimit: number };

type Verb<Input, Output> = (ports: Ports, input: Input) => Promise<Output>;

/** A verb with its ports already given: what routes call. */
function bind<Input, Output>(verb: Verb<Input, Output>): (input: Input) => Promise<Output> {
  return (input) => verb(ports, input);
}

export const services = {
  ensureShop: (shop: ShopDomain, visit: { tokenIssuedAt: Date }) => ensureShop(ports, shop, visit),
  findSegments: bind(findSegments),
  openDiscount: bind(openDiscount),
  editDiscount: bind(editDiscount),
  switchDiscount: bind(switchDiscount),
  deleteDiscount: bind(deleteDiscount),
  readHome: bind(readHome),
  readLedger: bind(readLedger),
  readReconciliations: bind(readReconciliations),
  readBackfill: bind(readBackfill),
  startReconciliation: bind(startReconciliation),
  dismissDifference: bind(dismissDifference),
  readReportSettings: bind(readReportSettings),
  saveReportSettings: bind(saveReportSettings),
  readRules: bind(readRules),
  saveRule: bind(saveRule),
  checkClicks: bind(checkClicks),
  simulateRule: bind(simulateRule),
  readPayoutRates: bind(readPayoutRates),
  startLoneLookUps: bind(startLoneLookUps),
  saveOverride: bind(saveOverride),
  takeBackOverride: bind(takeBackOverride),
  listCompliance: bind(listCompliance),
  exportHeldOrders: bind(exportHeldOrders),
  readConnection: bind(readConnection),
  connectImpact: bind(connectImpact),
  disconnectImpact: bind(disconnectImpact),
  listProgramChoice: bind(listProgramChoice),
  chooseProgram: bind(chooseProgram),
  startPartnerSync: bind(startPartnerSync),
  listPartners: bind(listPartners),
  receiveClick: bind(receiveClick),
  readLandings: bind(readLandings),
  nameClicks: bind(nameClicks),
  turnLandings: bind(turnLandings),
  readPixel: (shop: ShopDomain) => readPixel(ports, { shop, endpoint: clickEndpoint }),
  turnOnPixel: (shop: ShopDomain) => turnOnPixel(ports, { shop, endpoint: clickEndpoint }),
  listDiscounts: bind(listDiscounts),
  readDiscount: bind(readDiscount),
  checkCodes: bind(checkCodes),
  listCodesInUse: bind(listCodesInUse),
  listPartnersForCodes: bind(listPartnersForCodes),
  createDiscount: bind(createDiscount),
  findMade: bind(findMade),
  retryDiscount: bind(retryDiscount),
  previewDrawing: bind(previewDrawing),
  startDrawing: bind(startDrawing),
  readBatch: bind(readBatch),
  listBatches: bind(listBatches),
  listFailedCodes: bind(listFailedCodes),
  listLeftOut: bind(listLeftOut),
  listRefusedRows: bind(listRefusedRows),
  previewChange: bind(previewChange),
  warnRotation: bind(warnRotation),
  startChange: bind(startChange),
  readChange: bind(readChange),
  failedChangesFile: bind(failedChangesFile),
  countNobodys: bind(countNobodys),
  listAdoptable: bind(listAdoptable),
  startAdoption: bind(startAdoption),
  readAdoption: bind(readAdoption),
  choosePartnersBy: bind(choosePartnersBy),
  takeAdoption: bind(takeAdoption),
  nameByFile: ({ bytes, sizeLimit, ...file }: Incoming<PartnerFile>) =>
    nameByFile(ports, { ...file, rows: readUpload(bytes, { sizeLimit }) }),
  wrongFileRows: bind(wrongFileRows),
  leftCodesFile: bind(leftCodesFile),
  readAdopting: bind(readAdopting),
  cancelBatch: bind(cancelBatch),
  resumeBatch: bind(resumeBatch),
  checkUpload: ({ bytes, sizeLimit, ...form }: Incoming<UploadForm>) =>
    checkUpload(ports, { ...form, rows: readUpload(bytes, { sizeLimit }) }),
  readUploadCheck: bind(readUploadCheck),
  readWrongRows: bind(readWrongRows),
  takeUpload: bind(takeUpload),
  readFileHint: bind(readFileHint),
  listFiles: bind(listFiles),
  readFile: bind(readFile),
  startFile: bind(startFile),
  writePart: bind(writePart),
  confirmUpload: bind(confirmUpload),
  lookNow: bind(lookNow),
  renewFile: bind(renewFile),
  startTakingBack: bind(startTakingBack),
  receiveDelivery: gatherDeliveries(
    (deliveries) => receiveDeliveries({ store: intakeStore, clock }, deliveries),
    untilRead,
  ),
  readDifferences: bind(readDifferences),
  startCheck: bind(startCheck),
  repairDifference: bind(repairDifference),
  startRepairs: bind(startRepairs),
  listOrders: bind(listOrders),
  readOrder: bind(readOrder),
  retryOrder: bind(retryOrder),
  startRetry: bind(startRetry),
  listProblems: bind(listProblems),
  countProblems: bind(countProblems),
  retryCode: bind(retryCode),
  fetchLostOrder: bind(fetchLostOrder),
  listCodes: bind(listCodes),
  listCodeChoices: bind(listCodeChoices),
  exportOrders: (asked: Parameters<typeof exportOrders>[1]) => exportOrders(ports, asked),
  exportCodes: (asked: Parameters<typeof exportCodes>[1]) => exportCodes(ports, asked),
  listViews: bind(listViews),
  saveView: bind(saveView),
  renameView: bind(renameView),
  removeView: bind(removeView),
  listUnassignedCodes: bind(listUnassignedCodes),
  previewAssignment: bind(previewAssignment),
  assignCode: bind(assignCode),
  warnNamedCode: bind(warnNamedCode),
  readPartner: bind(readPartner),
  readHandOutOverview: bind(readHandOutOverview),
  saveLandingPath: bind(saveLandingPath),
  listHandOuts: bind(listHandOuts),
  handOutLines: (asked: Parameters<typeof handOutLines>[1]) => handOutLines(ports, asked),
  ...{ handOutArchive, handOutPage, qrPng, qrSvg },
};
