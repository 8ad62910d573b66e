-- That a paper is a new version of an earlier one. Each is replaced at most once, and always
-- by one that came later.
CREATE TABLE underlag_ersattning (
  huvudman bigint NOT NULL,
  underlag bigint NOT NULL,
  ersatter bigint NOT NULL,
  orsak text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, underlag),
  UNIQUE (huvudman, ersatter),
  CHECK (ersatter < underlag),
  FOREIGN KEY (huvudman, underlag) REFERENCES underlag (huvudman, id),
  FOREIGN KEY (huvudman, ersatter) REFERENCES underlag (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG underlag_ersattning}
-- A position's share of full time in thousandths of a per cent, and the year it ends: a share
-- has decimals, and a position may last over several years.
CREATE TABLE tjanst_ny (
  huvudman bigint NOT NULL,
  insats bigint NOT NULL,
  nr bigint NOT NULL,
  beskrivning text NOT NULL,
  antal bigint NOT NULL,
  andel bigint,
  ar bigint,
  till_ar bigint,
  fran_manad bigint,
  till_manad bigint,
  PRIMARY KEY (huvudman, insats, nr),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id)
);
INSERT INTO tjanst_ny (huvudman, insats, nr, beskrivning, antal, andel, ar, till_ar, fran_manad,
  till_manad) SELECT huvudman, insats, nr, beskrivning, antal, procent * 1000, ar,
  CASE WHEN till_manad IS NULL THEN NULL ELSE ar END, fran_manad, till_manad FROM tjanst;
DROP TABLE tjanst;
ALTER TABLE tjanst_ny RENAME TO tjanst;
