-- Until when one run asks impact.com about clicks for the simulator
ALTER TABLE "Shop" ADD COLUMN "lookUpsUntil" TIMESTAMPTZ(3);
