/** What codes are made with: chance, spelling and a list of words, none of which core has itself. */
export interface CodeMaking {
  /** A whole number in [0, below), each as likely as the other; whoever knows earlier ones can't foresee it. */
  randomIndex: (below: number) => number;
  /** A text in any script in ASCII, spelled as a reader of Latin script would: “Анна” → “Anna”. */
  toAscii: (text: string) => string;
  /** Whether a name or a word as people write it (A–Z, 0–9, - and _) is one nobody wants on a coupon. */
  isUnwanted: (text: string) => boolean;
  /** Whether such a word, leet spelling included, can be read anywhere into those stretches of a code. */
  readsUnwanted: (code: string, stretches: readonly Stretch[]) => boolean;
}

/** Characters `from` up to, and without, `to`. */
export interface Stretch {
  from: number;
  to: number;
}
