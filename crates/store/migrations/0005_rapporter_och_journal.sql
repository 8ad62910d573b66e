-- Reports, what has been made public, and the journal.
CREATE TABLE rapport (
  id {ID},
  huvudman bigint NOT NULL,
  slug text NOT NULL,
  titel text NOT NULL,
  bidrag bigint NOT NULL,
  utkast text NOT NULL,
  version bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, slug),
  CHECK (version >= 1),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
-- Frozen with its inputs and files when the report is issued.
CREATE TABLE utfardad_rapport (
  rapport {ID},
  huvudman bigint NOT NULL,
  per text NOT NULL,
  indata text NOT NULL,
  pdf bytea NOT NULL,
  docx bytea NOT NULL,
  html bytea NOT NULL,
  indata_sha256 bytea NOT NULL,
  pdf_sha256 bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  FOREIGN KEY (huvudman, rapport) REFERENCES rapport (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG utfardad_rapport}
CREATE INDEX utfardad_rapport_pdf ON utfardad_rapport (pdf_sha256);
CREATE TABLE publicering (
  id {ID},
  huvudman bigint NOT NULL,
  slag text NOT NULL,
  objekt bigint NOT NULL,
  per text NOT NULL,
  drar_tillbaka bigint,
  kommentar text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, drar_tillbaka),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, drar_tillbaka) REFERENCES publicering (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG publicering}
-- One chain for the whole installation: `id` has no gaps and `hash` covers every column.
CREATE TABLE journal (
  id {ID},
  huvudman bigint NOT NULL,
  tid bigint NOT NULL,
  anvandare bigint NOT NULL,
  roll text NOT NULL,
  slag text NOT NULL,
  objekt text NOT NULL,
  mening text NOT NULL,
  data text NOT NULL,
  foregaende bytea NOT NULL,
  hash bytea NOT NULL,
  CHECK (id >= 1),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (anvandare) REFERENCES anvandare (id)
);
{BARA_TILLAGG journal}
CREATE INDEX journal_huvudman ON journal (huvudman, id);
