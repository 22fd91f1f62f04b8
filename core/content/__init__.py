"""Readable content files: reading, checking, and comparing them with what the database holds."""
