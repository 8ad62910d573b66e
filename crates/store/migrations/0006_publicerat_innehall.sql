-- What a published initiative's texts said at the act; null for acts without texts.
ALTER TABLE publicering ADD COLUMN innehall text;
