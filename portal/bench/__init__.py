"""Speed of the portal's main steps, beside that of a minimal view on the same server.

`python -m portal.bench` makes a database of its own, serves it with granian as `make run` does,
drives complete attempts over HTTP and compares each step's rate with that of a Django view without
middleware that does one INSERT and commit, measured in the same run.
"""
