-- Cost calculations per initiative and year: each save is a new one, and the last one holds.
CREATE TABLE kalkyl (
  id {ID},
  huvudman bigint NOT NULL,
  insats bigint NOT NULL,
  ar bigint NOT NULL,
  innehall text NOT NULL,
  summa bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  UNIQUE (huvudman, id),
  FOREIGN KEY (huvudman) REFERENCES huvudman (id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG kalkyl}
-- A warning about an amount of a distribution that somebody has explained. The amount is part
-- of the key: another amount has not been explained.
CREATE TABLE godtagen_varning (
  huvudman bigint NOT NULL,
  bidrag bigint NOT NULL,
  insats bigint NOT NULL,
  ar bigint NOT NULL,
  regel text NOT NULL,
  belopp bigint NOT NULL,
  motivering text NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, bidrag, insats, ar, regel, belopp),
  FOREIGN KEY (huvudman, bidrag) REFERENCES bidrag (huvudman, id),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG godtagen_varning}
