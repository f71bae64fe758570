-- Whose a click was, as impact.com says: asked once for each click id that meets a code.
CREATE TABLE "ClickLookUp" (
    "shop" TEXT NOT NULL,
    "clickId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "partnerId" TEXT,
    "partnerName" TEXT,
    "clickedAt" TIMESTAMPTZ(3),
    "lookedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClickLookUp_pkey" PRIMARY KEY ("shop", "clickId")
);
