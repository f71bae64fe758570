import "@shopify/shopify-app-remix/adapters/node";
import { shopifyApi } from "@shopify/shopify-api";
import {
  ApiVersion,
  AppDistribution,
  LogSeverity,
  shopifyApp,
} from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { encryptSessions } from "./adapters/postgres/encrypted-session-storage.ts";
import { createSecretBox } from "./adapters/postgres/secret-box.ts";
import { log, prisma } from "./db.server.ts";
import { env } from "./env.server.ts";

export const secrets = createSecretBox(Buffer.from(env.ENCRYPTION_KEY, "base64"));

export const sessionStorage = encryptSessions(new PrismaSessionStorage(prisma), secrets);

const common = {
  apiKey: env.SHOPIFY_API_KEY,
  apiSecretKey: env.SHOPIFY_API_SECRET,
  apiVersion: ApiVersion.July26,
  logger: {
    level: LogSeverity.Warning,
    log: async (severity: LogSeverity, message: string) => {
      if (severity === LogSeverity.Error) log.error(message);
      else log.warn(message);
    },
  },
};

/** The library below the framework, for calls that no merchant's request is behind. */
export const shopifyLibrary = shopifyApi({
  ...common,
  hostName: new URL(env.SHOPIFY_APP_URL).host,
  isEmbeddedApp: true,
});

const shopify = shopifyApp({
  ...common,
  appUrl: env.SHOPIFY_APP_URL,
  authPathPrefix: "/auth",
  sessionStorage,
  distribution: AppDistribution.AppStore,
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});

export const { authenticate, addDocumentResponseHeaders } = shopify;
