"""Views: parse, authorise, call one action or one query, respond."""
