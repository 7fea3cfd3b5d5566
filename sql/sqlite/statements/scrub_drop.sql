DELETE FROM chore WHERE name = 'scrub'
