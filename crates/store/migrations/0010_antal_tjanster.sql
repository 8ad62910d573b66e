-- How many positions there are may be left out by the paper, and is then unknown. What was
-- registered as one before this stays one: nobody can tell which of them a paper stated.
CREATE TABLE tjanst_ny (
  huvudman bigint NOT NULL,
  insats bigint NOT NULL,
  nr bigint NOT NULL,
  beskrivning text NOT NULL,
  antal bigint,
  andel bigint,
  ar bigint,
  till_ar bigint,
  fran_manad bigint,
  till_manad bigint,
  PRIMARY KEY (huvudman, insats, nr),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id)
);
INSERT INTO tjanst_ny (huvudman, insats, nr, beskrivning, antal, andel, ar, till_ar, fran_manad,
  till_manad) SELECT huvudman, insats, nr, beskrivning, antal, andel, ar, till_ar, fran_manad,
  till_manad FROM tjanst;
DROP TABLE tjanst;
ALTER TABLE tjanst_ny RENAME TO tjanst;
