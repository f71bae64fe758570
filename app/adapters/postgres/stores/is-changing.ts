import { Prisma } from "@prisma/client";

/** Of rows called `change`: a batch is taking the code away or handing it over at this moment. */
export const IS_CHANGING = Prisma.sql`
  change."state" = 'open' AND change."stage" NOT IN ('planned', 'making', 'waiting')`;

/** Of those: it is being taken out of Shopify. */
export const IS_REMOVING = Prisma.sql`
  change."state" = 'open' AND change."stage" IN ('retiring', 'removing')`;
