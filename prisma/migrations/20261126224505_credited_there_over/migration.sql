-- impact.com has had the order's own number all the same
ALTER TABLE "CreditedThere" ADD COLUMN "isOver" BOOLEAN NOT NULL DEFAULT false;
