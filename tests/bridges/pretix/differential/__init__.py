"""Our verdicts against a real pretix, on random events: docs/decisions/0111-same-verdicts.md."""
