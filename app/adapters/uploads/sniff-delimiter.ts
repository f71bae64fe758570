/** Where all else is equal the comma comes last: it stands in names and amounts too. */
export const DELIMITERS = ["\t", ";", "|", ","] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const MOST_RECORDS = 50;

/** The delimiter that the most of the first records hold equally often, outside of quotes. */
export function sniffDelimiter(text: string): Delimiter {
  const votes = DELIMITERS.map((delimiter) => ({ delimiter, ...vote(text, delimiter) }));
  votes.sort((a, b) => b.share - a.share || b.times - a.times);
  const best = votes[0];
  return best && best.share > 0 ? best.delimiter : ",";
}

interface Vote {
  /** Of the records that hold the delimiter equally often. */
  share: number;
  times: number;
}

function vote(text: string, delimiter: Delimiter): Vote {
  const counts = countByRecord(text, delimiter);
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  frequency.delete(0);
  const [best] = [...frequency].sort(([a, m], [b, n]) => n - m || b - a);
  return best ? { share: best[1] / counts.length, times: best[0] } : { share: 0, times: 0 };
}

function countByRecord(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  let [count, isBlank, quoted, atCellStart] = [0, true, false, true];
  const endRecord = () => {
    if (!isBlank) counts.push(count);
    [count, isBlank, atCellStart] = [0, true, true];
  };
  for (const character of text) {
    if (counts.length === MOST_RECORDS) return counts;
    if (character === '"' && (quoted || atCellStart)) quoted = !quoted;
    // A doubled quote closes and opens again.
    else if (quoted) continue;
    else if (character === "\n" || character === "\r") {
      endRecord();
      continue;
    } else if (character === delimiter) count += 1;
    isBlank = false;
    atCellStart = character === delimiter || (character === '"' && !quoted);
  }
  // The last record may be cut off where the head of the file ends.
  if (counts.length === 0) endRecord();
  return counts;
}
