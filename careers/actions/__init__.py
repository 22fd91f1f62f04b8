"""Every change of state: keyword-only and atomic."""
