"""Which printer a badge goes to, how its page lies there, and in which order a wave is printed."""
