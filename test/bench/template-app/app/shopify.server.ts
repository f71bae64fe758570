import "@shopify/shopify-app-remix/adapters/node";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { ApiVersion, AppDistribution, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";

const connectionString = process.env["DATABASE_URL"] ?? "";
export const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) });

/** As Shopify's Remix template configures it. */
export const { authenticate } = shopifyApp({
  apiKey: process.env["SHOPIFY_API_KEY"] ?? "",
  apiSecretKey: process.env["SHOPIFY_API_SECRET"] ?? "",
  apiVersion: ApiVersion.July26,
  scopes: ["read_orders"],
  appUrl: process.env["SHOPIFY_APP_URL"] ?? "",
  authPathPrefix: "/auth",
  sessionStorage: new PrismaSessionStorage(prisma),
  distribution: AppDistribution.AppStore,
});
