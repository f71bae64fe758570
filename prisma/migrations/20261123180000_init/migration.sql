
-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shop" (
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "installedAt" TIMESTAMPTZ(3) NOT NULL,
    "uninstalledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Shop_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "ImpactAccount" (
    "shop" TEXT NOT NULL,
    "accountSid" TEXT NOT NULL,
    "authToken" TEXT NOT NULL,
    "companyName" TEXT,
    "connectedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ImpactAccount_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "Program" (
    "shop" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "eventTypeId" TEXT NOT NULL,
    "eventTypeName" TEXT,
    "chosenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Program_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "Partner" (
    "shop" TEXT NOT NULL,
    "partnerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hasContract" BOOLEAN NOT NULL,
    "syncedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("shop","partnerId")
);

-- CreateTable
CREATE TABLE "PartnerSync" (
    "shop" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "programId" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "pages" INTEGER,
    "partners" INTEGER NOT NULL,
    "problem" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PartnerSync_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "Discount" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "draftKey" TEXT NOT NULL,
    "shopifyId" TEXT,
    "title" TEXT NOT NULL,
    "valueKind" TEXT NOT NULL,
    "basisPoints" INTEGER,
    "amountMinor" BIGINT,
    "currency" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "usageLimit" INTEGER,
    "oncePerCustomer" BOOLEAN NOT NULL,
    "combines" BOOLEAN NOT NULL,
    "minimumMinor" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Discount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Code" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "discountId" UUID NOT NULL,
    "shopifyState" TEXT NOT NULL,
    "shopifyProblem" TEXT,
    "liveAt" TIMESTAMPTZ(3),
    "impactState" TEXT NOT NULL,
    "impactPromoCodeId" TEXT,
    "impactProblem" TEXT,
    "impactAttempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "registeredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "codeId" UUID NOT NULL,
    "partnerId" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "discountId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "bulkCreationId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "eventId" TEXT,
    "topic" TEXT NOT NULL,
    "triggeredAt" TIMESTAMPTZ(3),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "orderId" TEXT,
    "facts" JSONB,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "processedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "netMinor" BIGINT NOT NULL,
    "codes" TEXT[],
    "partnerId" TEXT,
    "code" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "problem" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "stateSince" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("shop","orderId")
);

-- CreateTable
CREATE TABLE "Attribution" (
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "decision" JSONB NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Attribution_pkey" PRIMARY KEY ("shop","orderId")
);

-- CreateTable
CREATE TABLE "Conversion" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "share" TEXT NOT NULL,
    "impactOrderId" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "eventTypeId" TEXT NOT NULL,
    "accountSid" TEXT,
    "partnerId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "lines" JSONB NOT NULL,
    "customerStatus" TEXT,
    "emailSha1" TEXT,
    "eventAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "nextAttemptAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Conversion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Submission" (
    "shop" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "conversionId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "errorType" TEXT,
    "errorReason" TEXT,
    "partnerId" TEXT,
    "checks" INTEGER NOT NULL DEFAULT 0,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "completedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("shop","submissionId")
);

-- CreateTable
CREATE TABLE "ImpactBudget" (
    "accountSid" TEXT NOT NULL,
    "perHour" INTEGER NOT NULL,
    "remaining" INTEGER NOT NULL,
    "resetsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ImpactBudget_pkey" PRIMARY KEY ("accountSid")
);

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE INDEX "Partner_shop_name_idx" ON "Partner"("shop", "name");

-- CreateIndex
CREATE INDEX "Discount_shop_createdAt_idx" ON "Discount"("shop", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Discount_shop_draftKey_key" ON "Discount"("shop", "draftKey");

-- CreateIndex
CREATE INDEX "Code_shop_discountId_idx" ON "Code"("shop", "discountId");

-- CreateIndex
CREATE UNIQUE INDEX "Code_shop_code_key" ON "Code"("shop", "code");

-- CreateIndex
CREATE INDEX "Assignment_shop_codeId_idx" ON "Assignment"("shop", "codeId");

-- CreateIndex
CREATE INDEX "Assignment_shop_partnerId_idx" ON "Assignment"("shop", "partnerId");

-- CreateIndex
CREATE INDEX "Batch_shop_discountId_idx" ON "Batch"("shop", "discountId");

-- CreateIndex
CREATE INDEX "Delivery_shop_orderId_idx" ON "Delivery"("shop", "orderId");

-- CreateIndex
CREATE INDEX "Delivery_shop_state_receivedAt_idx" ON "Delivery"("shop", "state", "receivedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_shop_webhookId_key" ON "Delivery"("shop", "webhookId");

-- CreateIndex
CREATE INDEX "Order_shop_placedAt_orderId_idx" ON "Order"("shop", "placedAt" DESC, "orderId");

-- CreateIndex
CREATE INDEX "Order_shop_state_placedAt_orderId_idx" ON "Order"("shop", "state", "placedAt" DESC, "orderId");

-- CreateIndex
CREATE INDEX "Conversion_shop_code_state_idx" ON "Conversion"("shop", "code", "state");

-- CreateIndex
CREATE INDEX "Conversion_state_nextAttemptAt_idx" ON "Conversion"("state", "nextAttemptAt");

-- CreateIndex
CREATE UNIQUE INDEX "Conversion_shop_orderId_share_key" ON "Conversion"("shop", "orderId", "share");

-- CreateIndex
CREATE UNIQUE INDEX "Conversion_shop_impactOrderId_key" ON "Conversion"("shop", "impactOrderId");

-- CreateIndex
CREATE INDEX "Submission_shop_conversionId_idx" ON "Submission"("shop", "conversionId");

-- AddForeignKey
ALTER TABLE "Code" ADD CONSTRAINT "Code_discountId_fkey" FOREIGN KEY ("discountId") REFERENCES "Discount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_codeId_fkey" FOREIGN KEY ("codeId") REFERENCES "Code"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_discountId_fkey" FOREIGN KEY ("discountId") REFERENCES "Discount"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- A code belongs to at most one partner at any moment, which the schema file cannot say.
CREATE UNIQUE INDEX "Assignment_one_open_per_code" ON "Assignment" ("codeId") WHERE "endsAt" IS NULL;
