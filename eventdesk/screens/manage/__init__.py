"""Setting up and looking after: wizard, event editor, guests, imports, print queue, settings, doctor."""
