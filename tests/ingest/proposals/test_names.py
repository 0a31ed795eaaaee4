"""What a file's name, the number of a bulletin and a date of creation say."""

from datetime import date

import pytest

from bank.ingest.proposals.names import guess_date, propose_bulletin_number, real_date, title_of_name

TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plan-de_barrio.pdf", "Plan de barrio"),
        ("../a/b/informe 2020.md", "Informe 2020"),
        ("C:\\x\\acta.docx", "Acta"),
        ("memoria-remce-2018-2023.pdf", "Memoria remce 2018-2023"),
        ("calendario_2020_2021.pdf", "Calendario 2020-2021"),
        ("OTA_2018_-_Ord._12754.pdf", "OTA 2018 Ord. 12754"),
    ],
)
def test_a_title_is_made_of_the_name_when_there_is_no_other(name: str, shown: str) -> None:
    assert title_of_name(name) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Boletín 3: Rezago educativo", "3"), ("BOLETÍN N.º 14", "14"), ("Boletín núm. 07", "7"),
        ("Boletín informativo No. 12", "12"), ("Boletim nº 5", "5"), ("Butlletí número 9", "9"), ("Bulletin 21", "21"),
        ("Boletín de mayo", None), ("La calle 3", None), ("Boletín 20190514", None), ("", None),
    ],
)  # fmt: skip
def test_the_number_of_a_bulletin_is_found(text: str, found: str | None) -> None:
    assert propose_bulletin_number(None, text) == found


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2019", "2019"), ("2019-05", "2019-05"), ("2019-5-4", "2019-05-04"), ("2026-05-02", "2026-05-02"),
        ("2026-05-03", None), ("1984", None), ("1985", "1985"), ("2019-02-30", None), ("mayo", None), (None, None),
    ],
)  # fmt: skip
def test_a_date_is_kept_when_it_can_be_true(written: str | None, kept: str | None) -> None:
    assert real_date(written, TODAY) == kept


@pytest.mark.parametrize(
    ("title", "name", "created", "guessed"),
    [
        ("Lei n.º 51/2012, de 5 de setembro", "lei.pdf", "2025-02-25", "2012"),
        ("Lei n.º 51/2012, de 5 de setembro", "lei.pdf", "2012-09-05", "2012-09-05"),
        ("Memoria 2018-2023", "memoria_2024.pdf", "2024-01-01", "2023"),
        ("Curso 2018/2019", "x.pdf", None, "2019"),
        ("Plan 2018-23", "x.pdf", None, "2023"),
        ("Acta 2010-12-05", "x.pdf", None, "2010"),
        ("Plan 2020-2040", "x.pdf", None, "2020"),
        ("Agenda 2030", "agenda_2019.pdf", "2021-01-01", "2019"),
        ("Memoria", "C:\\2001\\comunicado_31_07_2020.pdf", "2021", "2020"),
        ("Ley 20124 de 1850", "e2013f.pdf", "2021-05", "2021-05"),
        ("Memoria", "memoria.pdf", None, None),
    ],
)
def test_a_year_that_is_written_wins_over_the_files_own_date(
    title: str, name: str, created: str | None, guessed: str | None
) -> None:
    assert guess_date(title, name, created, TODAY) == guessed
