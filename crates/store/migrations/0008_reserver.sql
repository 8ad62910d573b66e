-- What kind of row an initiative is: null for an initiative, 'reserv' for undistributed money.
ALTER TABLE insats ADD COLUMN slag text;
