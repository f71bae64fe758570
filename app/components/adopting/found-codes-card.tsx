import { Banner, BlockStack, Card, List, Text } from "@shopify/polaris";
import { Facts } from "../facts.tsx";
import type { AdoptionView } from "./adoption-view.server.ts";

/** How many codes there are, and what would become of them. */
export function FoundCodesCard({ view }: { view: AdoptionView }) {
  const { counted, managed, assigned, nobodys, refused, isOurs } = view;
  const number = (count: number) => count.toLocaleString("en");
  const some = (count: number) => (count > 0 ? number(count) : null);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What was found
        </Text>
        <Facts
          facts={[
            { term: "Codes, as Shopify counts", value: counted === null ? null : number(counted) },
            { term: "Managed here already", value: counted === null ? null : number(managed) },
            { term: "Will have a partner", value: view.foundBy ?? number(assigned) },
            { term: isOurs ? "Stay nobody's" : "Nobody's for now", value: number(nobodys) },
            { term: "Another partner's at impact.com", value: some(refused) },
          ]}
        />
        {view.short.length > 0 && (
          <Banner tone="warning">
            <BlockStack gap="200">
              <p>
                Shopify lists fewer codes than it counts, even when asked again. Those that it lists
                can be adopted; begin again later for the others.
              </p>
              <List>
                {view.short.map(({ title, listed, codes }) => (
                  <List.Item key={title}>
                    {title}: {number(listed)} of {number(codes)}
                  </List.Item>
                ))}
              </List>
            </BlockStack>
          </Banner>
        )}
      </BlockStack>
    </Card>
  );
}
