import anyAscii from "any-ascii";
import type { CodeMaking } from "../../core/ports/code-making.ts";
import { createRandomIndex, type FillBytes } from "./random-index.ts";
import { isUnwanted, readsUnwanted } from "./screen-words.ts";

/** What codes are made with; without `fill`, chance is the operating system's generator. */
export function createCodeMaking(fill?: FillBytes): CodeMaking {
  return {
    randomIndex: createRandomIndex(fill),
    toAscii: (text) => anyAscii(text),
    isUnwanted,
    readsUnwanted,
  };
}
