"""pretix, a server that organizers sell with: what it knows comes in as facts, what desks do goes out as
calls.

docs/decisions/0110-pretix.md has the plan.
"""
