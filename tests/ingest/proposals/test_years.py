"""The date that is printed on a document as its own."""

from datetime import date

import pytest

from bank.ingest.extraction import ExtractedPage
from bank.ingest.proposals.year_words import digits_for_years
from bank.ingest.proposals.years import find_printed_date

TODAY = date(2026, 5, 1)
PROSE = "La ciudad trabaja con las escuelas y las familias de todos los barrios para que aprendan.\n" * 12


def printed(title: str, *pages: str) -> str | None:
    made = [ExtractedPage(number, text) for number, text in enumerate(pages, 1)]
    found = find_printed_date(title, made, TODAY)
    return found.date if found else None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Villa Ejemplo, 27 de agosto de 2020", "2020-08-27"),
        ("Noviembre, 2017", "2017-11"),
        ("MARÇO 2026", "2026-03"),
        ("Sunday, May 26, 2022", "2022-05-26"),
        ("Versión del 27 de agosto de 2020", "2020-08-27"),
        ("Última actualización: 23/09/2024", "2024-09-23"),
        ("Texto actualizado a octubre de 2010", "2010-10"),
        ("Data de publicação: 31/01/2024", "2024-01-31"),
        ("2023-03-06", "2023-03-06"),
        ("2023/03/06", "2023-03-06"),
        ("Version 1.1 (26-Oct-2013) - traducción de alguien", "2013-10-26"),
        ("11 de junio\nde 2025", "2025-06-11"),
        ("(55) 1234 5678 ∥ www.ejemplo.org ∥ 22 de febrero de 2023 1", "2023-02-22"),
        ("ANO XLII n. 10.295 Villa Ejemplo, segunda-feira, 5 de outubro de 2020. 80 páginas", "2020-10-05"),
        ("2025-2", "2025"),
        ("GUÍA DOCENTE\n2021 - 2022", "2021"),
        ("Année universitaire 2020/2021", "2020"),
        ("Curso 2018-19", "2018"),
        ("DECRETO SUPREMO N° 009-2015-MINEJ", "2015"),
        ("Decreto-Lei n.º 372/90", "1990"),
        ("LEY 1801 DE 2016", "2016"),
    ],
)
def test_a_date_on_a_line_of_its_own_is_the_documents(line: str, found: str) -> None:
    assert printed("Guía", f"Guía\n{line}\n{PROSE}") == found


@pytest.mark.parametrize(
    "line",
    [
        "El plazo termina el 3 de mayo de 2021",
        "Hasta el 12 de diciembre de 2018",
        "aprobado por Decreto Supremo N° 006-2024-MINEJ",
        "La primera reunión fue el 3 de mayo de 2012 en la plaza mayor, con cuarenta familias del barrio",
        "según la Ley 1801 de 2016",
        "García, M. (2019). La ciudad que educa. Editorial Ejemplo.",
        "10 de mayo de 2031",
        "En 2019 había cuarenta escuelas",
        "N° 11389-2011 de fecha 09 de noviembre del 2011.",
        "Networks, CAMAD, volume 2018, September, 2018.",
    ],
)
def test_other_dates_are_not_the_documents(line: str) -> None:
    assert printed("Guía", f"Guía\n{line}\n{PROSE}") is None


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Plan anual de trabajo 2021", "2021"),
        ("Acta de actualización del PMI 2026", "2026"),
        ("Memoria 2018-2023", "2023"),
        ("Calendario escolar 2020/21", "2020"),
        ("Lei n.º 51/2012, de 5 de setembro", "2012"),
        ("Plan de egresados 2020-2025", None),
        ("Agenda 2030", None),
        ("Escalas de barcos durante el año 2019", None),
        ("Carnaval 2027", None),
        ("Decreto Supremo que modifica el Reglamento aprobado por Decreto Supremo N° 006-2024-MINEJ", None),
    ],
)
def test_the_year_of_a_title_is_the_documents_unless_it_is_a_plans_or_its_subjects(
    title: str, found: str | None
) -> None:
    assert printed(title, f"{title}\n{PROSE}") == found


@pytest.mark.parametrize(
    ("closing", "found"),
    [
        ("Dado en Villa Ejemplo, a los quince días del mes de diciembre de dos mil dieciséis.", "2016"),
        ("En la Casa de Gobierno, a los 3 días del mes de mayo de 2023.", "2023-05"),
        ("Aprovado pela Assembleia Geral em 27 de abril de 2024.", "2024-04-27"),
        ("Villa Ejemplo, 10 de febrero de 2026", "2026-02-10"),
    ],
)
def test_the_date_with_which_a_document_closes_is_its_own(closing: str, found: str) -> None:
    assert (printed("Ordenanza", f"Ordenanza\n{PROSE}", f"{PROSE}{closing}\nFirma") or "").startswith(found[:4])


def test_years_in_words_become_digits() -> None:
    assert digits_for_years("dos mil dieciseis y dois mil e vinte e quatro") == "2016 y 2024"
    assert digits_for_years("mil novecientos noventa y ocho, dos mil familias") == "1998, dos mil familias"
