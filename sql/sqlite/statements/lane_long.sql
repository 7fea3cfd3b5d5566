SELECT poll, seq FROM lane WHERE event = :event AND poll > 0 AND seq > 1 LIMIT 1
