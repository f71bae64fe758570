/** In bytes. 200,000 rows of all five columns take about 15 MB. */
export const UPLOAD_SIZE_LIMIT = 50_000_000;

export const TOO_LARGE =
  "This file is larger than 50 MB, the most that can be uploaded. Leave out columns that aren't needed, or split it.";
