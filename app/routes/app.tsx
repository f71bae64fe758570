import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  Outlet,
  useLoaderData,
  useRouteError,
  type ShouldRevalidateFunction,
} from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { boundary } from "@shopify/shopify-app-remix/server";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { AppFrame } from "#app/components/app-frame.tsx";
import { explainFailure } from "#app/components/explain-failure.ts";
import { FailurePage } from "#app/components/failure-page.tsx";
import { isUnanswered } from "#app/components/keep-form.ts";
import { services } from "#app/services.server.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  return { problems: await services.countProblems(shop) };
}

// Every page authenticates for itself; at each poll of a page it would only cost.
export const shouldRevalidate: ShouldRevalidateFunction = (args) =>
  args.currentUrl.pathname !== args.nextUrl.pathname ||
  (args.formMethod !== undefined && !isUnanswered(args));

export default function App() {
  const { problems } = useLoaderData<typeof loader>();
  return (
    <AppFrame problems={problems}>
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
