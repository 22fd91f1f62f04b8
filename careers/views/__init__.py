"""Thin views: parse, authorise, one action or one query, respond."""
