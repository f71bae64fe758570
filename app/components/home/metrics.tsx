import { Card, Link, Text } from "@shopify/polaris";
import type { HomeView } from "./home-view.server.ts";
import styles from "./metrics.module.css";

export function Metrics({ codes, partners }: Pick<HomeView, "codes" | "partners">) {
  return (
    <Card>
      <dl className={styles["metrics"]}>
        <Metric label="Codes live in Shopify" count={codes.live} url="/app/discounts" />
        <Metric label="Registered at impact.com" count={codes.registered} url="/app/discounts" />
        <Metric label="Partners" count={partners} url="/app/partners" />
      </dl>
    </Card>
  );
}

function Metric({ label, count, url }: { label: string; count: number; url: string }) {
  return (
    <div className={styles["metric"]}>
      <dt>
        <Link url={url} monochrome>
          {label}
        </Link>
      </dt>
      <dd>
        <Text as="span" variant="headingLg" numeric>
          {count.toLocaleString("en-US")}
        </Text>
      </dd>
    </div>
  );
}
