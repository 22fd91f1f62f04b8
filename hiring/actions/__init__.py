"""Every change of state: keyword-only, atomic and audited.

Locks are taken in one order, requisition before application, so that no two actions wait for
each other.
"""
