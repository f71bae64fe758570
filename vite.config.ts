import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: false;
  }
}

// While developing, Shopify CLI's tunnel gives the app its address.
const { hostname } = new URL(process.env["SHOPIFY_APP_URL"] ?? "http://localhost");

export default defineConfig({
  server: { port: Number(process.env["PORT"] ?? 3000), allowedHosts: [hostname] },
  plugins: [
    remix({
      ignoredRouteFiles: ["**/*.css"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: false,
        v3_singleFetch: false,
      },
    }),
  ],
  build: { target: "es2022", assetsInlineLimit: 0 },
  // Polaris' JSON translations need an import attribute that only a bundler spares Node.
  ssr: { noExternal: ["@shopify/shopify-app-remix/react"] },
});
