"""Every change of state: keyword-only, atomic, on objects that are loaded and authorised."""
