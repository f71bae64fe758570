-- From when to when a partner had no contract, as impact.com dates it
ALTER TABLE "Partner" ADD COLUMN "contractStartedAt" TIMESTAMPTZ(3),
                      ADD COLUMN "contractExpiresAt" TIMESTAMPTZ(3);
