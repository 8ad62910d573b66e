-- Where in its life an account is: `startlosenord`, `aktivt` or `avstangt`.
ALTER TABLE anvandare ADD COLUMN lage text NOT NULL DEFAULT 'aktivt';
