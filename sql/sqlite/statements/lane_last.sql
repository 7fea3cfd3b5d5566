SELECT seq FROM lane WHERE event = :event AND poll = :poll
