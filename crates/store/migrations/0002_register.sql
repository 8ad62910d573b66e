-- Tenants, their register, their accounts. Every owned table has `huvudman`, and what one
-- row points at is named together with its huvudman: the database itself refuses a row
-- that points into another's books.
CREATE TABLE huvudman (
  id {ID},
  slug text NOT NULL,
  namn text NOT NULL,
  pahittad bool NOT NULL,
  sortering bytea NOT NULL,
  registrerad bigint NOT NULL,
  UNIQUE (slug)
);
-- `huvudman` is NULL for the operator's account alone: it belongs to none and cannot sign in.
CREATE TABLE anvandare (
  id {ID},
  huvudman bigint,
  inloggning text NOT NULL,
  visningsnamn text NOT NULL,
  losenord text NOT NULL,
  demo bool NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (inloggning),
  UNIQUE (huvudman, id),
  CHECK (huvudman IS NOT NULL OR id = 1),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
INSERT INTO anvandare (id, huvudman, inloggning, visningsnamn, losenord, demo, registrerad,
  registrerad_av) VALUES (1, NULL, '', 'Driften', '', FALSE, 0, 1);
UPDATE idserie SET sista = 1 WHERE nr = 1;
CREATE TABLE anvandare_roll (
  huvudman bigint NOT NULL,
  anvandare bigint NOT NULL,
  roll text NOT NULL,
  PRIMARY KEY (huvudman, anvandare, roll),
  FOREIGN KEY (huvudman, anvandare) REFERENCES anvandare (huvudman, id)
);
-- Only the token's hash is here: a copy of the database opens no session.
CREATE TABLE session (
  token_hash bytea NOT NULL,
  huvudman bigint NOT NULL,
  anvandare bigint NOT NULL,
  skapad bigint NOT NULL,
  sedd bigint NOT NULL,
  PRIMARY KEY (token_hash),
  FOREIGN KEY (huvudman, anvandare) REFERENCES anvandare (huvudman, id)
);
CREATE INDEX session_sedd ON session (sedd);
CREATE INDEX session_anvandare ON session (huvudman, anvandare);
-- The answer to a POST, so that sending it twice does it once.
CREATE TABLE idempotensnyckel (
  huvudman bigint NOT NULL,
  anvandare bigint NOT NULL,
  atgard text NOT NULL,
  nyckel text NOT NULL,
  svar text NOT NULL,
  tid bigint NOT NULL,
  PRIMARY KEY (huvudman, anvandare, atgard, nyckel),
  FOREIGN KEY (anvandare) REFERENCES anvandare (id)
);
CREATE INDEX idempotensnyckel_tid ON idempotensnyckel (tid);
CREATE TABLE organisation (
  id {ID},
  huvudman bigint NOT NULL,
  slug text NOT NULL,
  slag text NOT NULL,
  orgnr text,
  overordnad bigint,
  sortering bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, slug),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, overordnad) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
CREATE TABLE organisation_namn (
  huvudman bigint NOT NULL,
  organisation bigint NOT NULL,
  nr bigint NOT NULL,
  namn text NOT NULL,
  art text NOT NULL,
  fran text,
  sok text NOT NULL,
  PRIMARY KEY (huvudman, organisation, nr),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id)
);
{BARA_TILLAGG organisation_namn}
