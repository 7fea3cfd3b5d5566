SELECT event, poll, seq, open FROM lane ORDER BY event, poll
