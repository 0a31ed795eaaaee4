"""Personal data are told by kind, page and number; what merely looks like them is not."""

import pytest

from bank.ingest import ExtractedPage, PersonalDataFinding, find_personal_data
from bank.ingest.text.personal import CURP_LETTERS, is_curp_digit_right

CURP = "BOXW310820HNERXN09"
"""The specimen that validators of these numbers publish in their guides."""
RFC = "GODE561231GR8"
"""The specimen that comes with the published algorithm."""


def told(text: str) -> dict[str, int]:
    return {one.kind: one.count for one in find_personal_data([ExtractedPage(1, text)])}


def with_digit(first: str) -> str:
    """A CURP of these 17 characters with the digit that belongs to it."""
    return next(first + digit for digit in "0123456789" if is_curp_digit_right(first + digit))


def test_a_curp_is_told_by_page_and_never_itself() -> None:
    other = with_digit("XEXX010101HNEXXXA")
    pages = [ExtractedPage(1, "Nada."), ExtractedPage(4, f"CURP: {CURP}\nCURP {other}, otra vez {CURP}")]
    found = find_personal_data(pages)
    assert found == (PersonalDataFinding("curp", 4, 2),)
    assert CURP not in repr(found)


def test_the_check_digit_of_a_curp_counts() -> None:
    assert is_curp_digit_right(CURP)
    for digit in "12345678":
        assert told(f"Folio {CURP[:-1]}{digit}.") == {}


def test_a_curp_with_an_enye_is_checked_in_its_place_between_n_and_o() -> None:
    assert CURP_LETTERS.index("Ñ") == 24
    assert told(with_digit("MUÑL900228MGTÑPR0")) == {"curp": 1}


@pytest.mark.parametrize(
    "text",
    [
        "BOXW311320HNERXN09",
        "BOXW310820ANERXN09",
        "ABOXW310820HNERXN09",
        f"{CURP}4",
        "CURP: ______________",
        "La CURP se pide",
    ],
)
def test_what_is_no_curp(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize("text", [f"RFC: {RFC}", f"({RFC})", "GODE-561231-GR8", "GODE 561231 GR8"])
def test_a_persons_tax_number(text: str) -> None:
    assert told(text) == {"rfc": 1}


@pytest.mark.parametrize(
    "text", ["XAXX010101000", "MLE850101AB1", "ABCD991331AB1", "GODE561231", "Acuerdo GODE561231GR88"]
)
def test_what_is_no_persons_tax_number(text: str) -> None:
    assert told(text) == {}, "that of everybody, of a company, no day, without its last three, longer"


@pytest.mark.parametrize(
    "text",
    [
        "Tel. 55 1234 5678",
        "Teléfono: 477 123 4567",
        "Cel. 4771234567",
        "celular 477-123-45-67",
        "+52 477 123 4567",
        "+52 1 55 1234 5678",
        "(477) 123 4567",
        "(55) 1234-5678",
        "WhatsApp: 33 12 34 56 78",
        "Llámanos al 55.1234.5678.",
        "Contacto: María, 477 123 4567",
    ],
)
def test_phone_numbers_in_their_usual_groups(text: str) -> None:
    assert told(text) == {"phone": 1}


def test_phone_numbers_are_counted_once_each() -> None:
    assert told("Tel. 55 1234 5678 y 55 8765 4321\nCel. 5512345678 / (55) 1234 5678") == {"phone": 2}


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-84-7426-110-3, ISBN 9788474261103, ISBN 84-7426-110-3, ISSN 0210-9093",
        "En 2019 2020 2021 participaron 1200 personas; en 2018-2019, 3450.",
        "Costo: $1,234,567.00 MXN, $ 1234567890, 4,771,234,567 pesos, 1.234.567.890 €",
        "| Escuela | 2019 | 2020 |\n| Juárez | 477 123 4567 | 120 |\n| Total | 4771234567 | 98 |",
        "Población 1 234 567 890; superficie 4771234567 m2; folio 4771234567; cuenta 012345678901234567",
        "Registro 477 123 4567 890 y 55 1234 5678 9012",
        "De 09:00 a 14:00, del 12/03/2020 al 15-03-2020, versión 10.1234.5678",
        "doi:10.1234/5678901234 https://ejemplo.mx/nota/4771234567",
        "Latitud 21.1234567890, longitud -101.6833300000",
        "CP 37000, número 1234, artículo 115, 0000000000, 1111111111",
        "contacto con 1500 familias y 2300 alumnos de 45 escuelas",
    ],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("maria.perez@gmail.com", 1),
        ("Escriba a maria.perez@gmail.com o MARIA.PEREZ@GMAIL.COM", 1),
        ("a@hotmail.com; b@yahoo.com.mx; c@outlook.es; d@icloud.com; e@live.com.mx", 5),
        ("educacion@leon.gob.mx, ciudadeducadora@cdmx.gob.mx, info@edcities.org, contacto@gmail.leon.gob.mx", 0),
        ("@gmail.com es un servicio; gmail, hotmail", 0),
        ("educacion@gmailito.mx", 0),
    ],
)
def test_private_mail_addresses(text: str, count: int) -> None:
    assert told(text) == ({"mail": count} if count else {})


LIST = """LISTA DE ASISTENCIA
Taller de huertos, 12 de marzo
No. Nombre Firma
1. Ana López Ruiz
2. Juan de la Cruz Pérez
3. Rosa María Díaz ________
"""


def test_a_list_of_attendance_is_told_with_its_names() -> None:
    assert told(LIST) == {"attendance": 3}
    assert told("Registro de asistentes\n\nAna López\nLuis Pérez\nEva Ruiz\n") == {"attendance": 3}
    assert told(
        "| Nombre | Firma |\n"
        + "".join(f"| {name} López Ruiz | |\n" for name in ("Ana", "Eva", "Leo", "Paz", "Luz", "Sol"))
    ) == {"attendance": 6}


def test_one_that_was_filled_in_by_hand_is_told_too() -> None:
    assert told("Hoja de asistencia\nNombre          Firma\n_______   ______") == {"attendance": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Evidencias: lista de asistencia, fotografías y actas.",
        "Lista de asistencia, fotografías y firmas de los acuerdos.",
        "Nombre del programa\nFirma del convenio\nAcuerdo Primero\nAcuerdo Segundo\nAcuerdo Tercero\nAcuerdo Cuarto",
        "- Lista de asistencia\n- Fotografías\n- Encuestas",
        "La firma del convenio reunió a las ciudades.\n\nLeón\nMorelia\nGuadalajara",
        "Ciudades participantes\n\nSan Luis Potosí\nCiudad de México\nGómez Palacio\nBuenos Aires\nSan José",
    ],
)
def test_a_text_that_mentions_one_is_none(text: str) -> None:
    assert told(text) == {}


def test_long_hostile_texts_are_read_in_bounded_work() -> None:
    for text in (
        "1 " * 50_000,
        "a" * 100_000,
        "a.-+" * 25_000 + "@",
        "A" * 100_000,
        "(55) " * 20_000,
        "Aa Aa " * 20_000,
    ):
        assert told(text).get("curp", 0) == 0
