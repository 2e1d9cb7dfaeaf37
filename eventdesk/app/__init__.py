"""The composition root: builds everything and wires it once. Only `__main__` imports it."""
