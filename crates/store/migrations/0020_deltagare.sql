-- Who may see the participants of which initiatives: the second step after the role.
CREATE TABLE uppdrag (
  id {ID},
  huvudman bigint NOT NULL,
  konto bigint NOT NULL,
  insats bigint NOT NULL,
  organisation bigint NOT NULL,
  fran text NOT NULL,
  till text,
  utbildad text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, konto) REFERENCES anvandare (huvudman, id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG uppdrag}
CREATE INDEX uppdrag_konto ON uppdrag (huvudman, konto);
-- That an assignment ends before it would have.
CREATE TABLE uppdragsslut (
  huvudman bigint NOT NULL,
  uppdrag bigint NOT NULL,
  sist text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, uppdrag),
  FOREIGN KEY (huvudman, uppdrag) REFERENCES uppdrag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG uppdragsslut}
-- A person in one organisation's records: the wrapped key that everything about the person is
-- sealed under, and the blind value that finds the same person again. Both go at gallring.
CREATE TABLE deltagarperson (
  id {ID},
  huvudman bigint NOT NULL,
  organisation bigint NOT NULL,
  nyckel bytea,
  blind bytea,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, organisation, blind),
  CHECK (nyckel IS NOT NULL OR blind IS NULL),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
CREATE TABLE deltagande (
  id {ID},
  huvudman bigint NOT NULL,
  person bigint NOT NULL,
  insats bigint NOT NULL,
  organisation bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  FOREIGN KEY (huvudman, person) REFERENCES deltagarperson (huvudman, id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG deltagande}
CREATE INDEX deltagande_insats ON deltagande (huvudman, insats, organisation);
CREATE INDEX deltagande_person ON deltagande (huvudman, person);
-- Who it is, in versions: the latest holds. Everything here is sealed under the person's key.
CREATE TABLE deltagaruppgift (
  id {ID},
  huvudman bigint NOT NULL,
  deltagande bigint NOT NULL,
  nr bigint NOT NULL,
  nummer bytea,
  ord bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, deltagande, nr),
  CHECK (nr >= 1),
  FOREIGN KEY (huvudman, deltagande) REFERENCES deltagande (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG deltagaruppgift}
-- What has happened, step by step; sealed likewise.
CREATE TABLE deltagandesteg (
  id {ID},
  huvudman bigint NOT NULL,
  deltagande bigint NOT NULL,
  nr bigint NOT NULL,
  innehall bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, deltagande, nr),
  CHECK (nr >= 1),
  FOREIGN KEY (huvudman, deltagande) REFERENCES deltagande (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG deltagandesteg}
-- What the person has agreed to and taken back, step by step; sealed likewise.
CREATE TABLE samtyckessteg (
  id {ID},
  huvudman bigint NOT NULL,
  deltagande bigint NOT NULL,
  samtycke bigint NOT NULL,
  nr bigint NOT NULL,
  innehall bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, deltagande, samtycke, nr),
  CHECK (nr >= 1),
  FOREIGN KEY (huvudman, deltagande) REFERENCES deltagande (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG samtyckessteg}
-- Reading and writing about participants is in the journal and changes nothing in the books.
CREATE INDEX journal_bocker ON journal (huvudman, id) WHERE roll <> 'deltagaransvarig';
