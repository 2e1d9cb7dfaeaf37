"""An evening at the box office: the whole program, its window driven by keys, and a ledger beside it."""
