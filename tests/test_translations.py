"""Every sentence for a person is there in every language that the program offers."""

import re

import pytest

from eventdesk import i18n, paths
from tests.sentences import sentences

LANGUAGES = [file.stem for file in sorted((paths.resources() / "translations").glob("*.po"))]


@pytest.fixture(autouse=True)
def english_again() -> object:
    yield
    i18n.load("en")


def test_german_is_offered() -> None:
    assert i18n.languages()[:1] == ["en"]
    assert "de" in i18n.languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing(language: str) -> None:
    i18n.load(language)
    missing = {text: file for text, file in sentences().items() if text not in i18n._sentences}
    assert not missing, f"{len(missing)} sentences are missing from {language}.po: {missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places(language: str) -> None:
    i18n.load(language)
    for sentence, translated in i18n._sentences.items():
        here, there = (set(re.findall(r"\{\w*\}", text)) for text in (sentence, translated))
        assert here == there, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_has_lost_its_sentence(language: str) -> None:
    i18n.load(language)
    left_over = set(i18n._sentences) - set(sentences())
    assert not left_over, f"no longer said: {left_over}"


def test_sentences_are_collected_from_both_kinds_of_calls() -> None:
    found = sentences()
    assert "COME IN" in found
    assert "Already checked in" in found
