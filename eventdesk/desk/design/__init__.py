"""What the badge designer asks of the desk: layouts as they stand, guests to try them on, a test print."""
