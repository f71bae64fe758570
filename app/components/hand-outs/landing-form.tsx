import { Form, useNavigation } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

interface Props {
  host: string;
  landingPath: string;
  problem: string | null;
}

/** Where share links lead once they have put the code on the customer's checkout. */
export function LandingForm({ host, landingPath, problem }: Props) {
  const [path, setPath] = useState(landingPath);
  const isSaving = useNavigation().formMethod === "POST";
  const shopify = useAppBridge();
  const choose = async (type: "product" | "collection") => {
    const [picked] = (await shopify.resourcePicker({ type, action: "select" })) ?? [];
    if (picked) setPath(`/${type}s/${picked.handle}`);
  };
  return (
    <Form method="post">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Landing page
          </Text>
          <TextField
            label="Share links lead to"
            name="landingPath"
            value={path}
            onChange={setPath}
            autoComplete="off"
            placeholder="/"
            prefix={host}
            helpText="A page of your shop, such as /collections/new; / is the front page. Links that you have handed out already stay as they are."
            {...(problem !== null && { error: problem })}
          />
          <InlineStack gap="200">
            <Button onClick={() => void choose("collection")}>Choose a collection</Button>
            <Button onClick={() => void choose("product")}>Choose a product</Button>
          </InlineStack>
          <InlineStack>
            <Button variant="primary" submit loading={isSaving} disabled={path === landingPath}>
              Save landing page
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Form>
  );
}
