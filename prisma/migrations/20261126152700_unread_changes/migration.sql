-- A change of an order we have that Shopify told of and that could not be read.
ALTER TABLE "Order" ADD COLUMN "unreadSince" TIMESTAMPTZ(3), ADD COLUMN "unreadProblem" TEXT;
