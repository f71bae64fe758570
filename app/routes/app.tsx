import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useRouteError } from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { boundary } from "@shopify/shopify-app-remix/server";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { AppFrame } from "#app/components/app-frame.tsx";
import { explainFailure } from "#app/components/explain-failure.ts";
import { FailurePage } from "#app/components/failure-page.tsx";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  await authenticateShop(request);
  return null;
}

// Every page authenticates for itself; doing it here again at each poll would only cost.
export const shouldRevalidate = () => false;

export default function App() {
  return (
    <AppFrame>
      <Outlet />
    </AppFrame>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const failure = explainFailure(error);
  // The library signs in by throwing Responses whose headers App Bridge has to see.
  if (!failure) return boundary.error(error);
  return (
    <AppFrame>
      <FailurePage {...failure} />
    </AppFrame>
  );
}

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
