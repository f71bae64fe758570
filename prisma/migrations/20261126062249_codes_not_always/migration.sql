-- Few codes are registered otherwise than ALWAYS: the page of rules finds them among however many.
CREATE INDEX "Code_not_always_idx" ON "Code" ("shop", "code") WHERE "reach" IN ('INVOLVED', 'WINNER');
