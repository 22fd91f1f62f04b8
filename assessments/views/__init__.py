"""Pages: they parse, authorise, call one action or query, and respond."""
