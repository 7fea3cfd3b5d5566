DELETE FROM lane WHERE event = :event
