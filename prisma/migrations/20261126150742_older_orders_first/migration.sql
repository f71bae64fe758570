-- A registration at impact.com ends once the older orders with its code have been reported
ALTER TABLE "Change" ADD COLUMN "ordersLeft" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "ordersSince" TIMESTAMPTZ(3);
