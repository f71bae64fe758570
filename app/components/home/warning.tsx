import { Banner, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface Props {
  tone: "warning" | "critical";
  headline: string;
  button: string;
  url: string;
  children: ReactNode;
}

/** One thing the merchant should look at, and the way there. */
export function Warning({ tone, headline, button, url, children }: Props) {
  return (
    // A banner right after another gets a margin on top of the page's own gap.
    <div>
      <Banner tone={tone} action={{ content: button, url }}>
        <Text as="p" fontWeight="semibold">
          {headline}
        </Text>
        <p>{children}</p>
      </Banner>
    </div>
  );
}
