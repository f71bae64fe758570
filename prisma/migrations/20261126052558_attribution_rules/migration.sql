-- Rules are appended and never changed, so that each order can be judged by those of its time.
CREATE TABLE "AttributionRule" (
    "shop" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "rule" JSONB,

    CONSTRAINT "AttributionRule_pkey" PRIMARY KEY ("shop", "scope", "subject", "from")
);
