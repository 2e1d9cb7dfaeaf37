"""What desks did, told to pretix: facts become calls, calls are sent in order, answers are kept."""
