#!/usr/bin/env python
"""Django's command line; it starts the embedded PostgreSQL where the portal has one."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    from portal.boot import ensure_surroundings

    ensure_surroundings()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
