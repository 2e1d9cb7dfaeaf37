"""The mailer: a desk without a window that sends what other desks have asked to be mailed."""
