"""Reading codes in pictures: one pipeline for webcam frames, picture files, screen shots and films."""
