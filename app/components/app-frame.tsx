import { Link, useNavigation, useRouteLoaderData } from "@remix-run/react";
import { NavMenu, useAppBridge } from "@shopify/app-bridge-react";
import { Box } from "@shopify/polaris";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { useEffect, useSyncExternalStore, type ReactNode } from "react";
import type { loader } from "#app/root.tsx";
import { LostAnswerBanner } from "./lost-answer-banner.tsx";

interface Props {
  /** How many things need the merchant. */
  problems?: number;
  children: ReactNode;
}

/** What surrounds every page: App Bridge, Polaris, and the navigation Shopify admin draws. */
export function AppFrame({ problems = 0, children }: Props) {
  const root = useRouteLoaderData<typeof loader>("root");
  const isTakingInput = useHasScript();
  return (
    <AppProvider isEmbeddedApp apiKey={root?.apiKey ?? ""}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/discounts">Discounts</Link>
        <Link to="/app/codes">Codes</Link>
        <Link to="/app/codes/differences">Differences</Link>
        <Link to="/app/orders">Orders</Link>
        <Link to="/app/ledger">Ledger</Link>
        <Link to="/app/problems">{problems > 0 ? `Problems (${problems})` : "Problems"}</Link>
        <Link to="/app/partners">Partners</Link>
        <Link to="/app/rules">Who earns</Link>
        <Link to="/app/impact">impact.com</Link>
        <Link to="/app/settings">Settings</Link>
      </NavMenu>
      <LoadingBar />
      <div {...(isTakingInput ? {} : { inert: "" })}>
        <LostAnswerBanner />
        <Box paddingBlockEnd="400">{children}</Box>
      </div>
    </AppProvider>
  );
}

/**
 * False on the page as the server sends it. What is pressed or typed there would be lost, or lead
 * to a page without the merchant's sign-in.
 */
function useHasScript(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

/** Shopify's own bar at the top of the admin, while the next page is fetched. */
function LoadingBar() {
  const shopify = useAppBridge();
  const isNavigating = useNavigation().state !== "idle";
  useEffect(() => {
    shopify.loading(isNavigating);
  }, [shopify, isNavigating]);
  return null;
}
