"""Card terminals: one port, whoever made them."""
