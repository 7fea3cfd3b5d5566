SELECT seq, uid, sum, body FROM batch
WHERE event = :event AND poll = :poll AND seq > :after
ORDER BY seq
