"""Planning that remembers its parts: what has been solved once for the same input is not again."""
