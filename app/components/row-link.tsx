import { Link, Text } from "@shopify/polaris";
import styles from "./row-link.module.css";

/** The link of a table's row; a click anywhere in the row follows it. */
export function RowLink({ url, children }: { url: string; children: string }) {
  return (
    <span className={styles["link"]}>
      <Link url={url} monochrome removeUnderline>
        <Text as="span" fontWeight="semibold">
          {children}
        </Text>
      </Link>
    </span>
  );
}
