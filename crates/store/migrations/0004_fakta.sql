-- Papers as they came, and the ledger of what they and people state. Nothing here is ever
-- changed: a fact is corrected by a new one that points at it.
CREATE TABLE underlag (
  id {ID},
  huvudman bigint NOT NULL,
  dokument text NOT NULL,
  titel text NOT NULL,
  offentligt bool NOT NULL,
  sha256 bytea NOT NULL,
  innehall bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, sha256),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG underlag}
-- `lage` says what kind of value it is; `tal` is there when it is known, and only then.
CREATE TABLE faktum (
  id {ID},
  huvudman bigint NOT NULL,
  slag text NOT NULL,
  bidrag bigint,
  insats bigint,
  organisation bigint,
  finansiar bigint,
  ar bigint,
  fran_ar bigint,
  period_fran text,
  period_till text,
  kategori text,
  version text,
  lage text NOT NULL,
  tal bigint,
  precision_ore bigint NOT NULL,
  cirka bool NOT NULL,
  sakerhet text NOT NULL,
  beslut bigint,
  underlag bigint,
  plats text,
  uttalande text,
  rattar bigint,
  orsak text,
  struken bool NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, rattar),
  CHECK ((lage = 'kant') = (tal IS NOT NULL)),
  CHECK ((underlag IS NULL) = (plats IS NULL)),
  CHECK (rattar IS NULL OR rattar < id),
  CHECK (rattar IS NOT NULL OR NOT struken),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (huvudman, finansiar) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (huvudman, beslut) REFERENCES beslut (huvudman, id),
  FOREIGN KEY (huvudman, underlag) REFERENCES underlag (huvudman, id),
  FOREIGN KEY (huvudman, rattar) REFERENCES faktum (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG faktum}
CREATE INDEX faktum_galler ON faktum (huvudman, slag, bidrag, insats, ar, tal);
CREATE TABLE accepterat_fynd (
  huvudman bigint NOT NULL,
  underlag bigint NOT NULL,
  nyckel text NOT NULL,
  motivering text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, underlag, nyckel),
  FOREIGN KEY (huvudman, underlag) REFERENCES underlag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG accepterat_fynd}
