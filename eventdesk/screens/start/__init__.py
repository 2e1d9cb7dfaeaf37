"""What is asked before there is a desk: the passphrase, and what to do with a damaged database."""
