-- One batch at a time has Shopify make a discount
ALTER TABLE "Discount" ADD COLUMN "madeBy" UUID;
