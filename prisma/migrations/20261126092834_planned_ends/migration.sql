-- A deactivated discount gets its end back when it is activated
ALTER TABLE "Discount" ADD COLUMN "plannedEndsAt" TIMESTAMPTZ(3);
