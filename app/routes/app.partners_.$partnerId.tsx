import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, Banner, BlockStack, Card, Layout, Link, Page, Text } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { Facts } from "#app/components/facts.tsx";
import { EmailCard } from "#app/components/hand-outs/email-card.tsx";
import { partnerView, type PartnerView } from "#app/components/hand-outs/partner-view.server.ts";
import { PartnerCodesCard } from "#app/components/hand-outs/partner-codes-card.tsx";
import { useDownload } from "#app/components/use-download.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { BesideCode } from "#app/core/hand-outs/read-partner.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const partnerId = (params["partnerId"] ?? "") as PartnerId;
  const detail = await services.readPartner({ shop, partnerId, beside: besideIn(request) });
  if (!detail) throw new Response("Your program has no such partner.", { status: 404 });
  return json(partnerView(detail, { timeZone, drawQr: services.qrSvg }));
}

/** The address says which page: the codes after one, or before it. */
function besideIn(request: Request): BesideCode | null {
  const query = new URL(request.url).searchParams;
  for (const side of ["after", "before"] as const) {
    const code = query.get(side);
    if (code) return { side, code: normalizeCode(code) };
  }
  return null;
}

export default function PartnerPage() {
  const partner = useLoaderData<typeof loader>();
  const { id, name, hasContract, text, previous, next } = partner;
  const download = useDownload();
  const handOut = `/app/partners/${encodeURIComponent(id)}/hand-out`;
  return (
    <Page
      title={name}
      titleMetadata={
        hasContract ? <Badge tone="success">Live contract</Badge> : <Badge>No contract</Badge>
      }
      backAction={{ content: "Partners", url: "/app/partners" }}
      primaryAction={{
        content: "Download hand-out",
        onAction: () => download.start(handOut),
        loading: download.loading === handOut,
        disabled: text === null,
      }}
      secondaryActions={[
        { content: "All codes", url: `/app/codes?${new URLSearchParams({ partner: id })}` },
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {download.problem && (
              <Banner tone="critical">
                <p>{download.problem}</p>
              </Banner>
            )}
            <PartnerCodesCard partner={partner} download={download} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <PartnerCard partner={partner} />
            {text !== null && <EmailCard text={text} isPart={previous !== null || next !== null} />}
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

function PartnerCard({ partner: { id, landing } }: { partner: PartnerView }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Partner
        </Text>
        <Facts
          facts={[
            { term: "Number at impact.com", value: id },
            {
              term: "Links lead to",
              value: (
                <Text as="span" breakWord>
                  {landing}
                </Text>
              ),
            },
          ]}
        />
        <Link url={`/app/hand-outs?${new URLSearchParams({ partner: id })}`}>
          Change the landing page
        </Link>
      </BlockStack>
    </Card>
  );
}
