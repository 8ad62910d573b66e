-- A report is of a kind: null is the återrapport of its grant, as every report was before this.
-- A report of another kind may have no grant. An issued report also has its workbook; those
-- issued before this have none.
CREATE TABLE rapport_ny (
  id {ID},
  huvudman bigint NOT NULL,
  slug text NOT NULL,
  titel text NOT NULL,
  bidrag bigint,
  slag text,
  utkast text NOT NULL,
  version bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  UNIQUE (huvudman, slug),
  CHECK (version >= 1),
  CHECK (bidrag IS NOT NULL OR slag IS NOT NULL),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
CREATE TABLE utfardad_rapport_ny (
  rapport {ID},
  huvudman bigint NOT NULL,
  per text NOT NULL,
  indata text NOT NULL,
  pdf bytea NOT NULL,
  docx bytea NOT NULL,
  html bytea NOT NULL,
  xlsx bytea,
  indata_sha256 bytea NOT NULL,
  pdf_sha256 bytea NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  FOREIGN KEY (huvudman, rapport) REFERENCES rapport_ny (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
INSERT INTO rapport_ny (id, huvudman, slug, titel, bidrag, utkast, version, registrerad,
  registrerad_av) SELECT id, huvudman, slug, titel, bidrag, utkast, version, registrerad,
  registrerad_av FROM rapport;
INSERT INTO utfardad_rapport_ny (rapport, huvudman, per, indata, pdf, docx, html, indata_sha256,
  pdf_sha256, registrerad, registrerad_av) SELECT rapport, huvudman, per, indata, pdf, docx, html,
  indata_sha256, pdf_sha256, registrerad, registrerad_av FROM utfardad_rapport;
DROP TABLE utfardad_rapport;
DROP TABLE rapport;
ALTER TABLE rapport_ny RENAME TO rapport;
ALTER TABLE utfardad_rapport_ny RENAME TO utfardad_rapport;
{BARA_TILLAGG utfardad_rapport}
CREATE INDEX utfardad_rapport_pdf ON utfardad_rapport (pdf_sha256);
