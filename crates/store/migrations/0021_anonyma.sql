-- Participants who are only counted: how many of each sex in a calendar year, said anew when it
-- changes. The latest number holds. Nothing here is about a person.
CREATE TABLE anonyma (
  huvudman bigint NOT NULL,
  insats bigint NOT NULL,
  organisation bigint NOT NULL,
  ar bigint NOT NULL,
  nr bigint NOT NULL,
  kon text NOT NULL,
  antal bigint NOT NULL,
  registrerad bigint NOT NULL,
  registrerad_av bigint NOT NULL,
  PRIMARY KEY (huvudman, insats, organisation, ar, nr, kon),
  CHECK (nr >= 1),
  CHECK (ar BETWEEN 1900 AND 2200),
  CHECK (antal BETWEEN 0 AND 100000),
  FOREIGN KEY (huvudman, insats) REFERENCES insats (huvudman, id),
  FOREIGN KEY (huvudman, organisation) REFERENCES organisation (huvudman, id),
  FOREIGN KEY (registrerad_av) REFERENCES anvandare (id)
);
{BARA_TILLAGG anonyma}
