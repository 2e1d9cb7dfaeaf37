"""What tells a copy and training from the real thing."""

from eventdesk import i18n


def training_mark(language: str) -> str:
    """What stands on all paper of a training till."""
    tr = i18n.speaker(language)
    return tr("TRAINING")


def copy_mark(copy: int, language: str) -> str:
    """What a reprint says."""
    tr = i18n.speaker(language)
    return tr("COPY {number}", number=copy)
