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
ALTER TABLE tjanst ADD COLUMN andel bigint;
ALTER TABLE tjanst ADD COLUMN till_ar bigint;
UPDATE tjanst SET andel = procent * 1000;
UPDATE tjanst SET till_ar = ar WHERE till_manad IS NOT NULL;
ALTER TABLE tjanst DROP COLUMN procent;
