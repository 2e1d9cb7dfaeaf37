"""What the doctor looks at: one file a subject, each a function that gives a `Check`."""
