"""A call's form filled in from a record."""

from dataclasses import replace

from bank.export import ExportContext, Record
from bank.export.form import Answer, answer_form_line
from bank.vocabulary import Call, load_vocabulary


def call_of(context: ExportContext) -> Call:
    assert context.call is not None
    return context.call


def answered(record: Record, field: str, language: str, context: ExportContext) -> Answer:
    line = next(line for line in call_of(context).fields if line.field == field)
    return answer_form_line(record, line, language, context.vocabulary)


def said(record: Record, field: str, language: str, context: ExportContext) -> tuple[str, ...]:
    return answered(record, field, language, context).texts


def test_answers_follow_from_the_entry(plaza: Record, context: ExportContext) -> None:
    assert said(plaza, "city", "es", context) == ("León",)
    assert said(plaza, "cities", "es", context) == ("Morelia",)
    assert said(plaza, "country", "fr", context) == ("Mexique",)
    assert said(plaza, "start_year", "es", context) == ("2019",)
    assert said(plaza, "language", "en", context) == ("Spanish",)
    assert said(plaza, "principles", "en", context)[0] == "11. Habitable public space"
    assert said(plaza, "sdgs", "es", context)[0].startswith("11. ")
    assert said(plaza, "events", "es", context) == ("Tercer encuentro (2020)",)
    assert said(plaza, "version", "es", context) == ("3",)


def test_a_principle_of_2004_says_so(plaza: Record, context: ExportContext) -> None:
    assert said(plaza, "principles", "en", context)[1] == "5. 5 (Charter of 2004)"


def test_a_theme_of_the_network_stands_under_the_banks_heading(plaza: Record, context: ExportContext) -> None:
    themes = said(plaza, "themes", "en", context)
    assert themes == ("Urban planning and public spaces", "Urban planning and public spaces (Mobility)")


def test_values_of_several_parts_are_put_in_words(plaza: Record, context: ExportContext) -> None:
    assert said(plaza, "period", "es", context) == ("marzo de 2019 – junio de 2021",)
    assert said(plaza, "contact", "es", context) == ("Enlace municipal · educacion@example.org",)
    assert said(plaza, "territory", "en", context) == ("Neighbourhood", "Rural area")
    assert said(plaza, "participants_total", "en", context) == ("1,250",)
    assert said(plaza, "cost", "en", context) == ("MX$120,000.00 · 2021",)


def test_paragraphs_are_kept_apart(plaza: Record, context: ExportContext) -> None:
    assert said(plaza, "context", "es", context) == ("Un barrio sin lugares de encuentro.", "Muchas familias jóvenes.")


def test_a_day_is_put_in_words_and_a_year_stays(plaza: Record, context: ExportContext) -> None:
    told = replace(plaza, fields={"period": {"from": "2019", "to": "2021-06-05"}})
    assert said(told, "period", "pt", context) == ("2019 – 5 de junho de 2021",)


def test_terms_are_untranslated_in_a_language_without_labels(plaza: Record, context: ExportContext) -> None:
    for field in ("themes", "principles", "sdgs", "groups", "licence", "territory"):
        found = answered(plaza, field, "fr", context)
        assert (found.state, found.language) == ("untranslated", "es"), field
        assert answered(plaza, field, "pt", context).state == "given"


def test_lists_are_answered_as_lists(plaza: Record, context: ExportContext) -> None:
    found = answered(plaza, "objectives", "es", context)
    assert found.texts == ("Abrir la plaza", "Reunir edades")
    assert found.listed
    assert not answered(plaza, "context", "es", context).listed


def test_a_text_without_translation_is_shown_in_its_own_language(plaza: Record, context: ExportContext) -> None:
    found = answered(plaza, "context", "fr", context)
    assert (found.state, found.language) == ("untranslated", "es")
    assert answered(plaza, "context", "en", context).state == "given"


def test_a_plain_text_in_a_translated_field_counts_as_the_entrys_language(
    plaza: Record, context: ExportContext
) -> None:
    plain = replace(plaza, fields={"methodology": "Paso a paso"})
    assert answered(plain, "methodology", "es", context).state == "given"
    assert answered(plain, "methodology", "en", context).state == "untranslated"


def test_what_is_asked_and_not_there_is_missing_and_what_is_optional_is_empty(
    plaza: Record, context: ExportContext
) -> None:
    assert answered(plaza, "methodology", "es", context).state == "missing"
    assert answered(plaza, "weak_points", "es", context).state == "empty"


def test_a_file_whose_rights_nobody_evaluated_leaves_the_licence_missing(plaza: Record, context: ExportContext) -> None:
    held = replace(plaza, files=(replace(plaza.files[0], licence=None),))
    assert answered(held, "licence", "es", context).state == "missing"
    assert answered(plaza, "licence", "es", context).state == "given"
    assert answered(replace(plaza, files=()), "licence", "es", context).state == "given"


def test_an_original_that_is_held_back_is_named_without_its_address(plaza: Record, context: ExportContext) -> None:
    held = replace(plaza, files=(replace(plaza.files[0], shown=False),))
    assert said(plaza, "files", "es", context) == ("plaza.pdf: https://bank.example.org/f/1",)
    assert said(held, "files", "es", context) == ("plaza.pdf",)


def test_what_a_form_has_no_words_for_is_said_in_the_banks_own_language(plaza: Record, context: ExportContext) -> None:
    asked = answered(plaza, "themes", "fr", replace(context, vocabulary=load_vocabulary(language="pt")))
    assert (asked.language, asked.state) == ("pt", "untranslated")
    assert asked.texts[0] == "Urbanismo e espaço público"
