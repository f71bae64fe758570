import { Prisma } from "@prisma/client";

/** Of a customer who wants to be forgotten, whichever version comes. */
export const FORGOTTEN = JSON.stringify({ clicks: [], checkoutHash: null, emailSha1: null });

// A version that is told without a landing page leaves the one before: it is read only where that is wanted.
export const CLICKS_KEPT = Prisma.sql`
  CASE WHEN EXCLUDED."facts"->'clicks' @> '[{"source": "landing"}]' THEN EXCLUDED."facts"->'clicks'
    ELSE EXCLUDED."facts"->'clicks' || jsonb_path_query_array(
      COALESCE(o."facts"->'clicks', '[]'), '$[*] ? (@.source == "landing")') END`;
