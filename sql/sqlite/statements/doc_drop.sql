DELETE FROM doc WHERE kind = :kind AND name = :name
