"""Translations: English sentences are the keys; `resources/translations/LANGUAGE.po` holds the others.

Catalogues are read from their source at start, so that nothing needs to be compiled or can be stale.
"""

from babel.messages.pofile import read_po

from eventdesk import paths

_sentences: dict[str, str] = {}


def languages() -> list[str]:
    """The languages that can be chosen, English first."""
    folder = paths.resources() / "translations"
    return ["en", *sorted(file.stem for file in folder.glob("*.po"))]


def load(language: str) -> None:
    """Speak `language` from now on; English where there is no catalogue for it."""
    _sentences.clear()
    file = paths.resources() / "translations" / f"{language}.po"
    if file.exists():
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        for message in catalogue:
            if isinstance(message.id, str) and message.id and message.string:
                _sentences[message.id] = str(message.string)


def tr(sentence: str, **values: object) -> str:
    """The sentence in the chosen language, with `{name}` places filled in."""
    template = _sentences.get(sentence, sentence)
    return template.format_map(values) if values else template
