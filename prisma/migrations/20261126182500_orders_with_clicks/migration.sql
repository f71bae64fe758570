-- A simulator asks of every order whether it came with a click: facts are unpacked once, when they are written.
ALTER TABLE "Order" ADD COLUMN "hasClicks" BOOLEAN NOT NULL
  GENERATED ALWAYS AS (("facts" -> 'clicks' -> 0) IS NOT NULL) STORED;

-- And how many have one code: by default PostgreSQL takes them for one in 200, and looks each code up.
CREATE STATISTICS "Order_number_of_codes" ON (cardinality("codes")) FROM "Order";
