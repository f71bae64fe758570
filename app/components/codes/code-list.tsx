import { Banner, Box } from "@shopify/polaris";
import { useState } from "react";
import type { CodeSelection } from "#app/core/codes/code-selection.ts";
import { ListPaging } from "../list-paging.tsx";
import { useDownload } from "../use-download.ts";
import { CodeListTable } from "./code-list-table.tsx";
import type { CodeListView } from "./code-list-view.server.ts";
import { codesUrl, selectionFields, type CodeQuery } from "./code-query.ts";
import { SelectionBar } from "./selection-bar.tsx";

interface Props {
  list: CodeListView;
  query: CodeQuery;
}

/** A page of codes; any of them, or all that match, can be selected. */
export function CodeList({ list, query }: Props) {
  const { rows, matching } = list;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [isAll, setIsAll] = useState(false);
  const { start, loading, problem } = useDownload();
  const pick = (ids: Iterable<string>) => {
    setPicked(new Set(ids));
    setIsAll(false);
  };
  const all = rows.map(({ id }) => id);
  const selection: CodeSelection = isAll
    ? { kind: "matching", filter: query.filter }
    : { kind: "picked", codeIds: [...picked] };
  return (
    <>
      <SelectionBar
        picked={isAll ? null : picked.size}
        shown={rows.length}
        matching={matching}
        isExporting={loading !== null}
        onPickPage={(isPicked) => pick(isPicked ? all : [])}
        onPickAll={() => setIsAll(true)}
        changeUrl={`/app/codes/change?${selectionFields(selection)}`}
        handOutUrl={`/app/hand-outs?${selectionFields(selection)}`}
        onExport={() => start(`/app/codes/export?${selectionFields(selection)}`)}
      />
      {problem && (
        <Box padding="300">
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        </Box>
      )}
      <CodeListTable
        rows={rows}
        isNobodys={query.filter.partnerId === "none"}
        isPicked={(id) => isAll || picked.has(id)}
        onToggle={(id) => {
          const ids = isAll ? all : picked;
          pick(ids === all || picked.has(id) ? without(ids, id) : [...picked, id]);
        }}
      />
      <CodeListPaging list={list} query={query} />
    </>
  );
}

function without(ids: Iterable<string>, left: string): string[] {
  return [...ids].filter((id) => id !== left);
}

function CodeListPaging({ list: { previous, next }, query }: Props) {
  return (
    <ListPaging
      label="Pages of codes"
      previousUrl={previous === null ? null : codesUrl(query, { side: "before", place: previous })}
      nextUrl={next === null ? null : codesUrl(query, { side: "after", place: next })}
    />
  );
}
