"""Labels in other languages: where we are sure, and otherwise in English with a mark."""

from __future__ import annotations

import pytest

from palermo.standard import label_in, language_name, load_standard
from palermo.standard.labels import translated

STANDARD = load_standard()
UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@pytest.mark.parametrize("entry", translated())
def test_a_label_in_another_language_is_of_a_code_that_there_is(entry):
    list_name, code, language = entry
    assert code in STANDARD.codes(list_name) and language in UN_LANGUAGES
    label, certainty = translated()[entry]
    assert label.strip() == label != "" and certainty in STANDARD.certainties


def test_the_terms_of_the_protocol_are_marked_as_recalled():
    recalled = {entry[0] for entry, (_, certainty) in translated().items() if certainty == "recalled"}
    assert recalled == {"act", "means", "purpose", "form_of_exploitation"}


def test_the_terms_are_there_in_all_the_languages_or_in_none():
    spoken: dict[tuple[str, str], set[str]] = {}
    for list_name, code, language in translated():
        spoken.setdefault((list_name, code), set()).add(language)
    assert set(map(frozenset, spoken.values())) == {frozenset(UN_LANGUAGES) - {"en"}}


def test_a_label_says_its_language_and_how_certain_it_is():
    label = label_in("fr", "purpose", "organ-removal", STANDARD)
    assert (label.text, label.language, label.certainty) == ("Prélèvement d’organes", "fr", "recalled")
    assert label.marked == label.text


def test_what_is_there_in_english_only_is_marked():
    label = label_in("fr", "status", "appealed", STANDARD)
    assert (label.language, label.marked) == ("en", "[en] Appealed")
    assert label_in("en", "status", "appealed", STANDARD).marked == "Appealed"


def test_a_code_for_nothing_is_said_with_any_list():
    assert label_in("es", "status", "unknown", STANDARD).marked == "Desconocido"


# ── languages that people speak ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", ["fr", "fra", "fre", "French", "FRE"])
def test_a_language_is_known_by_two_letters_by_both_kinds_of_three_and_by_its_name(said):
    """HTCDS asks for ISO 639-2, three letters, and for two-letter codes at once."""
    assert STANDARD.code("primary_language", said) == "fr"


def test_no_three_letters_mean_two_languages():
    threes = [three for found in STANDARD.languages.values() for three in found]
    assert len(threes) == len(set(threes)) and len(STANDARD.languages) > 180


@pytest.mark.parametrize(
    ("code", "three"),
    [("de", "ger"), ("zh", "chi"), ("fa", "per"), ("nl", "dut"), ("sq", "alb"), ("en", "eng"), ("ar", "ara")],
)
def test_the_three_letters_are_those_of_iso_639_2(code, three):
    """From the list of the Library of Congress, which keeps ISO 639-2."""
    assert three in STANDARD.languages[code]


def test_a_language_is_named_in_a_language_and_by_its_code_where_cldr_has_no_name():
    assert language_name("fr", "de") == "allemand"
    assert STANDARD.label("primary_language", "de") == "German"
    assert language_name("fr", "qqq") == "qqq"
