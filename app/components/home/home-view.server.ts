import type { Home } from "#app/core/reports/read-home.ts";
import { fileRow } from "../files/file-view.server.ts";
import { orderRow } from "../orders/order-row.server.ts";
import { impactWaitsView } from "../problems/impact-waits-view.server.ts";
import { setupSteps } from "./setup-steps.ts";

export type HomeView = ReturnType<typeof homeView>;

export function homeView(home: Home, shop: { timeZone: string }) {
  const { codes, orders, setup, problems, differences } = home;
  return {
    steps: setupSteps(home),
    partners: setup.partners,
    codes,
    /** Customers can use them, and impact.com doesn't know whose they are. */
    unregistered: Math.max(codes.live - codes.registered, 0),
    isProgramChosen: setup.program !== null,
    orders,
    impactWaits: impactWaitsView(home.impactWaits, shop),
    problems,
    differences,
    overdueFiles: home.overdueFiles.map((file) => fileRow(file, shop.timeZone)),
    lastOrders: home.lastOrders.map((order) => orderRow(order, shop)),
    timeZone: shop.timeZone,
  };
}
