SELECT count(*) FROM chore WHERE name = 'scrub'
