import { Link, Text } from "@shopify/polaris";
import type { LedgerPart } from "./ledger-view.server.ts";
import styles from "./ledger-bar.module.css";

/** All of a period's orders as one bar, and what each part of it stands for. */
export function LedgerBar({ parts, line }: { parts: LedgerPart[]; line: string }) {
  const present = parts.filter(({ orders }) => orders > 0);
  return (
    <>
      <div className={styles["bar"]} role="img" aria-label={line}>
        {present.map(({ part, orders }) => (
          <span key={part} data-part={part} style={{ flexGrow: orders }} />
        ))}
      </div>
      <ul className={styles["legend"]}>
        {parts.map((each) => (
          <li key={each.part}>
            <span className={styles["dot"]} data-part={each.part} />
            <PartLabel {...each} />
            <Text as="p" variant="bodySm" tone="subdued">
              {each.meaning}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

function PartLabel({ label, orders, url }: LedgerPart) {
  const text = `${label}: ${orders.toLocaleString("en-US")}`;
  if (url === null) return <span>{text}</span>;
  return (
    <Link url={url} monochrome>
      {text}
    </Link>
  );
}
