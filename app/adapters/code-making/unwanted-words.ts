import { DataSet, englishDataset, pattern } from "obscenity";

/** Names and words that hold one of the library's words and mean no harm. */
const INNOCENT = [
  "anush",
  "analia",
  "analis",
  "cummings",
  "dickerson",
  "dickey",
  "dickinson",
  "dickson",
  "riddick",
  "fagan",
  "fuku",
  "georgy",
  "arshit",
  "kshit",
  "shital",
  "kanal",
  "penistone",
  "pissarro",
  "ranald",
  "semenenko",
  "semenov",
  "vandyke",
];

/** The library's English words, and what is no curse but as unwanted. */
export const UNWANTED_WORDS = new DataSet<{ originalWord: string }>()
  .addAll(englishDataset)
  .addPhrase((phrase) => phrase.setMetadata({ originalWord: "nazi" }).addPattern(pattern`|nazi|`))
  .addPhrase((phrase) => phrase.setMetadata({ originalWord: "hitler" }).addPattern(pattern`hitler`))
  .addPhrase((phrase) =>
    INNOCENT.reduce((added, word) => added.addWhitelistedTerm(word), phrase).setMetadata({
      originalWord: "innocent",
    }),
  );
