"""Every read that a page needs: named, and with a constant number of queries."""
