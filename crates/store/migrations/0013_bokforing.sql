-- The accounts: files that are read in, their vouchers, and how accounts lead to initiatives.
-- What an import brings is written in many short transactions and belongs to the books only
-- when a row of `sie_lage` says `galler`; from then on it is never changed.
CREATE TABLE koppling (
  id {ID},
  huvudman bigint NOT NULL,
  version bigint NOT NULL,
  orsak text NOT NULL,
  behall_text bool NOT NULL,
  behall_signatur bool NOT NULL,
  behall_dimensioner text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, version),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG koppling}
-- Each version has all its rules. `konton` is `5000-5999,6110`; `objekt` is JSON.
CREATE TABLE kopplingsregel (
  huvudman bigint NOT NULL,
  koppling bigint NOT NULL,
  nr bigint NOT NULL,
  orgnr text,
  konton text NOT NULL,
  objekt text NOT NULL,
  insats bigint,
  bidrag bigint,
  organisation bigint,
  slag text,
  kostnadsslag text,
  PRIMARY KEY (huvudman, koppling, nr),
  CHECK (insats IS NOT NULL OR (bidrag IS NULL AND organisation IS NULL)),
  FOREIGN KEY (huvudman, koppling) REFERENCES koppling (huvudman, id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id)
);
{BARA_TILLAGG kopplingsregel}
CREATE TABLE sie_inlasning (
  id {ID},
  huvudman bigint NOT NULL,
  sha256 bytea NOT NULL,
  filnamn text NOT NULL,
  orgnr text NOT NULL,
  ar_fran text NOT NULL,
  ar_till text NOT NULL,
  foretag text NOT NULL,
  program text NOT NULL,
  kodning text NOT NULL,
  verifikationer bigint NOT NULL,
  rader bigint NOT NULL,
  komplett bool NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  CHECK (ar_fran <= ar_till),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG sie_inlasning}
-- Where in its life an import is: a row for each step, none twice. The counts are of `galler`.
CREATE TABLE sie_lage (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  lage text NOT NULL,
  orsak text,
  nya bigint NOT NULL,
  lika bigint NOT NULL,
  andrade bigint NOT NULL,
  saknas bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, inlasning, lage),
  FOREIGN KEY (huvudman, inlasning) REFERENCES sie_inlasning (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG sie_lage}
-- How far imports under way have come. A row that has not moved for long is of a process that
-- is no more.
CREATE TABLE sie_pagar (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  klara bigint NOT NULL,
  senast bigint NOT NULL,
  PRIMARY KEY (huvudman, inlasning),
  UNIQUE (huvudman),
  FOREIGN KEY (huvudman, inlasning) REFERENCES sie_inlasning (huvudman, id)
);
-- An account with its objects, as JSON in order: what the mapping speaks of.
CREATE TABLE kontering (
  id {ID},
  huvudman bigint NOT NULL,
  orgnr text NOT NULL,
  konto bigint NOT NULL,
  objekt text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, orgnr, konto, objekt),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG kontering}
-- Names of accounts (`konto`, with their type) and of objects (the dimension's number).
CREATE TABLE bokforingsnamn (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  slag text NOT NULL,
  kod text NOT NULL,
  namn text NOT NULL,
  typ text,
  PRIMARY KEY (huvudman, inlasning, slag, kod),
  FOREIGN KEY (huvudman, inlasning) REFERENCES sie_inlasning (huvudman, id)
);
{BARA_TILLAGG_I_BOCKERNA bokforingsnamn}
-- A voucher is known by its identity within the company's year; the latest import in force
-- that has it says what it holds.
CREATE TABLE verifikation (
  id {ID},
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  identitet bytea NOT NULL,
  innehall bytea NOT NULL,
  serie text NOT NULL,
  nummer text NOT NULL,
  datum text NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, inlasning, identitet),
  FOREIGN KEY (huvudman, inlasning) REFERENCES sie_inlasning (huvudman, id)
);
{BARA_TILLAGG_I_BOCKERNA verifikation}
CREATE INDEX verifikation_datum ON verifikation (huvudman, datum, id);
CREATE TABLE verifikationsrad (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  verifikation bigint NOT NULL,
  nr bigint NOT NULL,
  kontering bigint NOT NULL,
  ore bigint NOT NULL,
  PRIMARY KEY (huvudman, verifikation, nr),
  FOREIGN KEY (huvudman, verifikation) REFERENCES verifikation (huvudman, id),
  FOREIGN KEY (huvudman, kontering) REFERENCES kontering (huvudman, id)
);
{BARA_TILLAGG_I_BOCKERNA verifikationsrad}
CREATE INDEX verifikationsrad_kontering ON verifikationsrad (huvudman, kontering, verifikation);
-- Texts that the mapping keeps: row 0 is the voucher's, -1 its signature. They can name people.
CREATE TABLE verifikationstext (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  verifikation bigint NOT NULL,
  nr bigint NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (huvudman, verifikation, nr),
  FOREIGN KEY (huvudman, verifikation) REFERENCES verifikation (huvudman, id)
);
{BARA_TILLAGG_I_BOCKERNA verifikationstext}
-- The voucher an import puts aside, and what it puts in its place; nothing when it is gone.
CREATE TABLE verifikation_ersatt (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  verifikation bigint NOT NULL,
  av bigint,
  PRIMARY KEY (huvudman, inlasning, verifikation),
  FOREIGN KEY (huvudman, verifikation) REFERENCES verifikation (huvudman, id),
  FOREIGN KEY (huvudman, av) REFERENCES verifikation (huvudman, id)
);
{BARA_TILLAGG_I_BOCKERNA verifikation_ersatt}
CREATE INDEX verifikation_ersatt_av ON verifikation_ersatt (huvudman, verifikation);
-- What an import changes on each account and month: its own rows less those it puts aside.
-- The sum over the imports in force is what is booked.
CREATE TABLE konteringssumma (
  huvudman bigint NOT NULL,
  inlasning bigint NOT NULL,
  kontering bigint NOT NULL,
  manad text NOT NULL,
  ore bigint NOT NULL,
  antal bigint NOT NULL,
  PRIMARY KEY (huvudman, inlasning, kontering, manad),
  FOREIGN KEY (huvudman, inlasning) REFERENCES sie_inlasning (huvudman, id),
  FOREIGN KEY (huvudman, kontering) REFERENCES kontering (huvudman, id)
);
{BARA_TILLAGG_I_BOCKERNA konteringssumma}
-- Vouchers entered by hand, in a series of their own.
CREATE TABLE handverifikation (
  id {ID},
  huvudman bigint NOT NULL,
  nummer bigint NOT NULL,
  datum text NOT NULL,
  insats bigint NOT NULL,
  bidrag bigint,
  organisation bigint,
  slag text NOT NULL,
  kostnadsslag text,
  ore bigint NOT NULL,
  vad text NOT NULL,
  referens text NOT NULL,
  rattar bigint,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, nummer),
  UNIQUE (huvudman, rattar),
  CHECK (rattar IS NULL OR rattar < id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (huvudman, rattar) REFERENCES handverifikation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG handverifikation}
-- That a fact is the sum of booked rows, and what made it so.
CREATE TABLE faktum_bokforing (
  huvudman bigint NOT NULL,
  faktum bigint NOT NULL,
  inlasning bigint,
  koppling bigint,
  PRIMARY KEY (huvudman, faktum),
  FOREIGN KEY (huvudman, faktum) REFERENCES faktum (huvudman, id),
  FOREIGN KEY (huvudman, inlasning) REFERENCES sie_inlasning (huvudman, id),
  FOREIGN KEY (huvudman, koppling) REFERENCES koppling (huvudman, id)
);
{BARA_TILLAGG faktum_bokforing}
