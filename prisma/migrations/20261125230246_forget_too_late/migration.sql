-- Nothing is reported of these any more: the customer's hash has no use left.
UPDATE "Order" SET "facts" = jsonb_set("facts", '{emailSha1}', 'null')
WHERE "reason" = 'too-late' AND "facts"->>'emailSha1' IS NOT NULL;
