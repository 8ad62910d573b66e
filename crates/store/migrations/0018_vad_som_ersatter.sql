-- What a voucher took the place of is asked for each voucher that is shown.
CREATE INDEX verifikation_ersatt_av_vad ON verifikation_ersatt (huvudman, av);
