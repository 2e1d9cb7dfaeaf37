"""What a kiosk may do for a guest: its set-up, documents to be signed, how guests find themselves."""
