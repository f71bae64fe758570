import { writeFile } from "node:fs/promises";
import { ruleDoc } from "#test/core/attribution/rule-doc.ts";

const PATH = "docs/attribution.md";
await writeFile(PATH, await ruleDoc(PATH));
