"""What an entry lacks for a call."""

from dataclasses import replace

from bank.export import ExportContext, Gap, Record, find_gaps
from bank.export.gaps import gap_sentence, required_languages
from bank.vocabulary import Call


def call_of(context: ExportContext) -> Call:
    assert context.call is not None
    return context.call


def test_gaps_name_what_is_missing_untranslated_and_too_long(plaza: Record, context: ExportContext) -> None:
    found = find_gaps(
        replace(plaza, summaries={"es": "palabra " * 101, "en": "word", "fr": "mot"}),
        call_of(context),
        context.vocabulary,
    )
    assert Gap("methodology", "missing") in found
    assert Gap("context", "untranslated", ("fr",)) in found
    assert Gap("subtitle", "untranslated", ("en", "fr")) in found
    assert Gap("summary", "long", ("es",)) in found
    assert [gap.field for gap in found if gap.field in ("city", "country", "organisation", "weak_points")] == []


def test_gaps_stand_in_the_forms_order(plaza: Record, context: ExportContext) -> None:
    order = [line.field for line in call_of(context).fields]
    places = [order.index(gap.field) for gap in find_gaps(plaza, call_of(context), context.vocabulary)]
    assert places == sorted(places)


def test_translations_are_asked_for_in_the_languages_of_the_calls_rule(context: ExportContext) -> None:
    call = call_of(context)
    assert required_languages(call) == ("es", "en", "fr")
    assert required_languages(replace(call, rules=())) == call.languages


def test_an_empty_entry_lacks_everything_that_is_required(bare: Record, context: ExportContext) -> None:
    call = call_of(context)
    lacking = {gap.field for gap in find_gaps(bare, call, context.vocabulary) if gap.kind == "missing"}
    always = {"licence", "language"}
    assert lacking == {line.field for line in call.fields if line.required} - always


def test_a_gap_is_said_with_the_forms_own_label(context: ExportContext) -> None:
    call = call_of(context)
    assert gap_sentence(Gap("methodology", "missing"), call, "en") == "Missing: Methodology and development"
    told = gap_sentence(Gap("summary", "untranslated", ("en", "fr")), call, "en")
    assert told == "Translation missing: Summary (English, French)"
