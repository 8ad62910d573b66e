-- What an initiative shall reach, a goal a line.
ALTER TABLE insats ADD COLUMN mal text NOT NULL DEFAULT '';
