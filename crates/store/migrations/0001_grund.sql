-- What the façade itself needs. One row each.
CREATE TABLE skrivlas (
  nr bigint NOT NULL
);
CREATE TABLE idserie (
  nr {ID},
  sista bigint NOT NULL,
  CHECK (nr = 1)
);
INSERT INTO idserie (nr, sista) VALUES (1, 0);
