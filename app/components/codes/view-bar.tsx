import { Form, useNavigation, useSubmit } from "@remix-run/react";
import { Box, Button, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";
import { LONGEST_VIEW_NAME, type CodeView } from "#app/core/codes/views/code-view.ts";
import { ALL, fieldsOf, NOBODYS, type CodeQuery } from "./code-query.ts";

interface Props {
  query: CodeQuery;
  views: CodeView[];
  /** Of the last name that was sent. */
  problem: string | null;
}

/** Saves what is shown under a name; a saved view is renamed or deleted. */
export function ViewBar({ query, views, problem }: Props) {
  const shown = fieldsOf(query).toString();
  const view = views.find((saved) => saved.query === shown);
  const isOwn = [ALL, NOBODYS].some((own) => fieldsOf(own).toString() === shown);
  const [isNaming, setIsNaming] = useState(false);
  const submit = useSubmit();
  if (isOwn) return null;
  if (isNaming) {
    const close = () => setIsNaming(false);
    return <NameForm view={view} query={shown} problem={problem} onClose={close} />;
  }
  return (
    <Box paddingInline="300" paddingBlockEnd="300">
      <InlineStack gap="200">
        <Button size="slim" onClick={() => setIsNaming(true)}>
          {view ? "Rename view" : "Save view"}
        </Button>
        {view && (
          <Button
            size="slim"
            onClick={() => submit({ intent: "remove-view", view: view.id }, { method: "post" })}
          >
            Delete view
          </Button>
        )}
      </InlineStack>
    </Box>
  );
}

interface NameProps {
  view: CodeView | undefined;
  query: string;
  problem: string | null;
  onClose: () => void;
}

function NameForm({ view, query, problem, onClose }: NameProps) {
  const [name, setName] = useState(view?.name ?? "");
  const isBusy = useNavigation().formMethod === "POST";
  return (
    <Box paddingInline="300" paddingBlockEnd="300">
      <Form method="post">
        <input type="hidden" name="intent" value={view ? "rename-view" : "save-view"} />
        <input type="hidden" name="view" value={view?.id ?? ""} />
        <input type="hidden" name="query" value={query} />
        <InlineStack gap="200" blockAlign="start">
          <TextField
            label="Name of the view"
            labelHidden
            placeholder="Name of the view"
            name="name"
            value={name}
            maxLength={LONGEST_VIEW_NAME}
            onChange={setName}
            autoComplete="off"
            autoFocus
            {...(problem && { error: problem })}
          />
          <Button submit variant="primary" loading={isBusy}>
            {view ? "Rename" : "Save"}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </InlineStack>
      </Form>
    </Box>
  );
}
