import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Box, Card, EmptyState, Page, Text } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { PartnerTable } from "#app/components/partner-table.tsx";
import { SearchField } from "#app/components/search-field.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { services } from "#app/services.server.ts";

/** More rows than anybody reads; searching narrows them. */
const MOST_SHOWN = 250;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const search = new URL(request.url).searchParams.get("search")?.trim() ?? "";
  const [partners, connection] = await Promise.all([
    services.listPartners({ shop, search }),
    services.readConnection(shop),
  ]);
  return json({
    search,
    rows: partners
      .slice(0, MOST_SHOWN)
      .map(({ partnerId: id, name, hasContract }) => ({ id, name, hasContract })),
    found: partners.length,
    all: connection?.partners.all ?? 0,
    isReady: connection !== null && connection.program !== null,
    isSyncing: connection?.partnerSync?.state === "running",
  });
}

export default function Partners() {
  const { search, rows, found, all, isReady, isSyncing } = useLoaderData<typeof loader>();
  usePolling(isSyncing);
  const isEmpty = all === 0 && search === "";
  return (
    <Page
      title="Partners"
      subtitle="Media partners of your impact.com program."
      secondaryActions={isEmpty ? [] : [{ content: "Hand out codes", url: "/app/hand-outs" }]}
    >
      <Card padding="0">
        {isEmpty ? (
          <NoPartners isReady={isReady} isSyncing={isSyncing} />
        ) : (
          <>
            <Box padding="300">
              <SearchField label="Search partners by name" value={search} />
            </Box>
            {rows.length > 0 && <PartnerTable rows={rows} />}
            <Footer shown={rows.length} found={found} search={search} />
          </>
        )}
      </Card>
    </Page>
  );
}

function Footer({ shown, found, search }: { shown: number; found: number; search: string }) {
  const text =
    found === 0
      ? `No partner's name contains “${search}”.`
      : shown < found
        ? `The first ${shown} of ${found} partners. Search to see others.`
        : null;
  if (!text) return null;
  return (
    <Box padding="600">
      <Text as="p" tone="subdued" alignment="center">
        {text}
      </Text>
    </Box>
  );
}

function NoPartners({ isReady, isSyncing }: { isReady: boolean; isSyncing: boolean }) {
  const { heading, text, button } = !isReady
    ? {
        heading: "Connect impact.com to see your partners",
        text: "Partners come from the impact.com program you choose.",
        button: "Connect impact.com",
      }
    : isSyncing
      ? {
          heading: "Partners are on their way",
          text: "They are being read from impact.com. This page fills by itself.",
          button: "See progress",
        }
      : {
          heading: "No partners yet",
          text: "Your program has no partners, or they have not been read since you chose it.",
          button: "Sync partners",
        };
  return (
    <EmptyState
      heading={heading}
      image={emptyPicture}
      action={{ content: button, url: "/app/impact" }}
    >
      <p>{text}</p>
    </EmptyState>
  );
}
