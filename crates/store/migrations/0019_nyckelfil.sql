-- Which installation the key file beside the database is of, and how far its tombstones had
-- come when they were last seen. One row, from the first opening with keys. Never a key.
CREATE TABLE nyckelfil (
  nr {ID},
  installation text NOT NULL,
  skapad bool NOT NULL,
  gravstenar bigint NOT NULL,
  summa bytea NOT NULL,
  CHECK (nr = 1),
  CHECK (length(installation) = 32),
  CHECK (gravstenar >= 0),
  CHECK (length(summa) = 32)
);
