import { Button, Text, TextField } from "@shopify/polaris";
import { XIcon } from "@shopify/polaris-icons";
import { useCodeCheck, type CodeVerdict } from "./use-code-check.ts";
import type { DraftCode } from "./use-draft-codes.ts";

interface Props {
  draft: DraftCode;
  /** What saving found wrong with this very code. */
  refusal: string | null;
  onChange: (code: string) => void;
  onRemove: () => void;
}

/** The code of one chosen partner, checked as it is typed. */
export function CodeField({ draft, refusal, onChange, onRemove }: Props) {
  const { partnerId, name, code, isRepeated } = draft;
  const verdict = useCodeCheck(partnerId, code);
  const problem = isRepeated
    ? "This code stands here twice. Give each partner a code of their own."
    : (refusal ?? (verdict.kind === "problem" ? verdict.message : null));
  return (
    <>
      <input type="hidden" name="partnerId" value={partnerId} />
      <TextField
        label={name}
        name="code"
        value={code}
        onChange={onChange}
        autoComplete="off"
        spellCheck={false}
        {...(problem ? { error: problem } : { helpText: <VerdictText verdict={verdict} /> })}
        connectedRight={
          <Button icon={XIcon} accessibilityLabel={`Remove ${name}`} onClick={onRemove} />
        }
      />
    </>
  );
}

function VerdictText({ verdict }: { verdict: CodeVerdict }) {
  if (verdict.kind !== "available") return <span role="status">Checking…</span>;
  return (
    <>
      <Text as="span" tone="success">
        <span role="status">Available</span>
      </Text>
      {verdict.warning && (
        <>
          <br />
          <Text as="span" tone="caution">
            {`Easy to guess: ${verdict.warning}`}
          </Text>
        </>
      )}
    </>
  );
}
