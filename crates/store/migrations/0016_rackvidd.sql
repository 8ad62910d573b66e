-- The last voucher of an import tells how far the accounts reach.
CREATE INDEX verifikation_sist ON verifikation (huvudman, inlasning, datum, id);
