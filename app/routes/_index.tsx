import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** Shopify opens the app at its root; whoever comes by another way is told where it lives. */
export function loader({ request }: LoaderFunctionArgs): Response | null {
  const { search, searchParams } = new URL(request.url);
  return searchParams.has("shop") ? redirect(`/app${search}`) : null;
}

export default function Welcome() {
  return (
    <main
      style={{ fontFamily: "system-ui", maxWidth: "40rem", margin: "4rem auto", padding: "1rem" }}
    >
      <h1>Partner Codes for impact.com</h1>
      <p>Open this app from your Shopify admin, under Apps.</p>
    </main>
  );
}
