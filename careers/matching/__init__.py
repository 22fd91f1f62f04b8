"""Comparing what is known about a candidate with what a role asks for; pure, without Django.

`profile` holds the evidence, `requirements` what a role asks, `fit` joins the two into a
readiness. On it build `gaps` (what is missing), `next_assessment` (what to measure next),
`path_planning` (what to learn) and `ranking` (in which order to show it).
"""
