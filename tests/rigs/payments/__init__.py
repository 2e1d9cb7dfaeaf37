"""Stand-ins for makers of card terminals.

None that others wrote knows a reader that a server drives, so these two are ours: they keep what they
are told, and refuse what the makers' own descriptions don't allow. Those descriptions are the types of
the makers' libraries, which are generated from them. What stand-ins of our own can't tell is whether we
have understood the makers.
"""
