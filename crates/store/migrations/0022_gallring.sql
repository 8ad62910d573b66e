-- How long what is kept of a participant is kept, and the decision that says so.
CREATE TABLE gallringsregel (
  id {ID},
  huvudman bigint NOT NULL,
  slag text NOT NULL,
  manader bigint NOT NULL,
  beslutad text NOT NULL,
  beteckning text NOT NULL,
  fran text NOT NULL,
  till text,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  CHECK (manader BETWEEN 0 AND 1200),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG gallringsregel}
-- What one person proposes to destroy, as it was seen.
CREATE TABLE gallringsforslag (
  id {ID},
  huvudman bigint NOT NULL,
  regel bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, id, registrerad_av),
  FOREIGN KEY (huvudman, regel) REFERENCES gallringsregel (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG gallringsforslag}
CREATE TABLE gallringsforslagsrad (
  huvudman bigint NOT NULL,
  forslag bigint NOT NULL,
  deltagande bigint NOT NULL,
  rader bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, forslag, deltagande),
  FOREIGN KEY (huvudman, forslag) REFERENCES gallringsforslag (huvudman, id),
  FOREIGN KEY (huvudman, deltagande) REFERENCES deltagande (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG gallringsforslagsrad}
CREATE TABLE gallringsaterkallelse (
  huvudman bigint NOT NULL,
  forslag bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, forslag),
  FOREIGN KEY (huvudman, forslag) REFERENCES gallringsforslag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG gallringsaterkallelse}
-- What was destroyed. Whoever confirmed it is another than who prepared it: here too.
CREATE TABLE gallringsprotokoll (
  id {ID},
  huvudman bigint NOT NULL,
  forslag bigint NOT NULL,
  forberett_av bigint NOT NULL,
  innehall text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, forslag),
  CHECK (forberett_av <> registrerad_av),
  FOREIGN KEY (huvudman, forslag, forberett_av)
    REFERENCES gallringsforslag (huvudman, id, registrerad_av),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG gallringsprotokoll}
-- What stays. Neither a time, an account nor a protocol: nothing here leads to a participation.
CREATE TABLE grovt (
  huvudman bigint NOT NULL,
  person bigint NOT NULL,
  nr bigint NOT NULL,
  insats bigint NOT NULL,
  organisation bigint NOT NULL,
  innehall text NOT NULL,
  PRIMARY KEY (huvudman, person, nr),
  CHECK (nr >= 1),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id)
);
{BARA_TILLAGG grovt}
-- The protocol by which the person's key is destroyed: from then on the person is in no list and
-- no figure, also until the tombstone is on the disk and the key gone.
ALTER TABLE deltagarperson ADD COLUMN gallras bigint;
