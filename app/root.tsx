import { json, type MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from "@remix-run/react";
import { env } from "#app/env.server.ts";

export const meta: MetaFunction = () => [{ title: "Partner Codes" }];

/** App Bridge needs the public key on every page, error pages included. */
export function loader() {
  return json({ apiKey: env.SHOPIFY_API_KEY });
}

export const shouldRevalidate = () => false;

export default function Root() {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="preconnect" href="https://cdn.shopify.com/" />
        <link rel="stylesheet" href="https://cdn.shopify.com/static/fonts/inter/v4/styles.css" />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
