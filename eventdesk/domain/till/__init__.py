"""The till's rules: what is sold, what it costs, what is paid, and what the drawer must hold.

Money is a whole number of the currency's minor units, rates are parts per million;
docs/decisions/0090-till.md says the rules, docs/facts.md what is written down.
"""
