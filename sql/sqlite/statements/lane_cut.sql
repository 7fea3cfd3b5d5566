UPDATE lane SET seq = :seq WHERE event = :event AND poll = :poll
