"""What people see of the desk's line to others: its state, its outbox, conflicts, desks and staff."""
