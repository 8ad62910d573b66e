-- A rule holds every year unless it says which.
ALTER TABLE kopplingsregel ADD COLUMN fran_ar bigint;
ALTER TABLE kopplingsregel ADD COLUMN till_ar bigint;
