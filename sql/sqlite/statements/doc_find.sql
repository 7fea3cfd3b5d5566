SELECT sum, body FROM doc WHERE kind = :kind AND name = :name
