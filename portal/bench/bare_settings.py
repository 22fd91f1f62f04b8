"""The portal's settings without middleware, serving the one view that steps are compared with."""

from portal.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "portal.bench.bare"
