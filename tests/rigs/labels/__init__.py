"""Label printers made of software, written from their makers' public manuals, and readers of what they
were sent that other people wrote."""
