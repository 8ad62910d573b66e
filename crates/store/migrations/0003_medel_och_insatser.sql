-- Grants, decisions and initiatives. Their amounts are facts in the ledger (0004).
CREATE TABLE bidrag (
  id {ID},
  huvudman bigint NOT NULL,
  slug text NOT NULL,
  namn text NOT NULL,
  finansiar bigint NOT NULL,
  program text,
  program_fran bigint,
  program_till bigint,
  andamal text,
  overforing_tillaten bool,
  diarienummer text,
  sortering bytea NOT NULL,
  sok text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, slug),
  CHECK ((program_fran IS NULL) = (program_till IS NULL)),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, finansiar) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
CREATE TABLE bidrag_ar (
  huvudman bigint NOT NULL,
  bidrag bigint NOT NULL,
  nr bigint NOT NULL,
  ar bigint NOT NULL,
  PRIMARY KEY (huvudman, bidrag, nr),
  UNIQUE (huvudman, bidrag, ar),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id)
);
CREATE TABLE beslut (
  id {ID},
  huvudman bigint NOT NULL,
  instans text NOT NULL,
  paragraf text,
  ar bigint,
  datum text,
  diarienummer text,
  rubrik text NOT NULL,
  bidrag bigint,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG beslut}
-- Edited by people: `version` counts up with each save.
CREATE TABLE insats (
  id {ID},
  huvudman bigint NOT NULL,
  slug text NOT NULL,
  namn text NOT NULL,
  bidrag bigint,
  start_ar bigint,
  slut_ar bigint,
  beskrivning text NOT NULL,
  malgrupp text NOT NULL,
  kommentar text NOT NULL,
  resultat text NOT NULL,
  fortsattning_ord text NOT NULL,
  fortsattning text NOT NULL,
  version bigint NOT NULL,
  sortering bytea NOT NULL,
  sok text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, slug),
  CHECK (version >= 1),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
CREATE TABLE insats_ansvarig (
  huvudman bigint NOT NULL,
  insats bigint NOT NULL,
  nr bigint NOT NULL,
  organisation bigint NOT NULL,
  PRIMARY KEY (huvudman, insats, nr),
  UNIQUE (huvudman, insats, organisation),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id)
);
CREATE TABLE tjanst (
  huvudman bigint NOT NULL,
  insats bigint NOT NULL,
  nr bigint NOT NULL,
  beskrivning text NOT NULL,
  antal bigint NOT NULL,
  procent bigint,
  ar bigint,
  fran_manad bigint,
  till_manad bigint,
  PRIMARY KEY (huvudman, insats, nr),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id)
);
