INSERT INTO chore (name) VALUES ('scrub') ON CONFLICT (name) DO NOTHING
