"""Situations at the door in the words of pretix's API, decided by our own decision.

A scenario is what was (`given`), the call (`when`) and, where it is known, the answer (`then`).
`read` turns the JSON into values, `world` holds the tickets and scans of one scenario, `redeem` and
`actions` do the call, `words` translates verdicts into the API's words.
"""
