-- A decision may have conditions, and a fact may be a correction after the year was closed.
ALTER TABLE beslut ADD COLUMN villkor text;
ALTER TABLE faktum ADD COLUMN efter_avslut bool NOT NULL DEFAULT FALSE;
-- What happens to a grant besides its figures: terms, requisitions, repayments, closings,
-- commitments. A row for each event; `sak` is the number of the first row of the same thing,
-- and `nr` its place in it, so that two can never save on what only one of them saw.
CREATE TABLE medelspost (
  id {ID},
  huvudman bigint NOT NULL,
  sak bigint NOT NULL,
  nr bigint NOT NULL,
  slag text NOT NULL,
  bidrag bigint,
  insats bigint,
  organisation bigint,
  beslut bigint,
  faktum bigint,
  ar bigint,
  innehall text NOT NULL,
  orsak text,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, sak, nr),
  CHECK (nr >= 1),
  CHECK ((nr = 1) = (sak = id)),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, sak) REFERENCES medelspost (huvudman, id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (huvudman, beslut) REFERENCES beslut (huvudman, id),
  FOREIGN KEY (huvudman, faktum) REFERENCES faktum (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG medelspost}
CREATE INDEX medelspost_slag ON medelspost (huvudman, slag, bidrag, ar);
