"""A webcam where the machine has none: a user-space V4L2 device in a mount namespace of its own."""
