"""Cities and countries are recognised however people write them; a wrong one never is."""

import pytest

from bank.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mx-leon", "mx-leon"),
        ("León", "mx-leon"),
        ("LEON", "mx-leon"),
        ("Leon Gto.", "mx-leon"),
        ("León, Guanajuato", "mx-leon"),
        ("León (Guanajuato)", "mx-leon"),
        ("León, Gto., México", "mx-leon"),
        ("León de los Aldama, Gto.", "mx-leon"),
        ("Guanajuato", "mx-guanajuato"),
        ("Guanajuato, Guanajuato", "mx-guanajuato"),
        ("Solidaridad", "mx-playa-del-carmen"),
        ("Solidaridad, Q.R.", "mx-playa-del-carmen"),
        ("Solidaridad, Q. Roo", "mx-playa-del-carmen"),
        ("Oaxaca", "mx-oaxaca"),
        ("Oaxaca de Juarez, Oax.", "mx-oaxaca"),
        ("Tenango de Arista", "mx-tenango-del-valle"),
        ("San Cristobal de las Casas, Chiapas", "mx-san-cristobal"),
        ("Guadalupe", "mx-guadalupe-nl"),
        ("Guadalupe N.L.", "mx-guadalupe-nl"),
        ("Guadalupe, N. L.", "mx-guadalupe-nl"),
        ("Tlaquepaque Jalisco", "mx-tlaquepaque"),
        ("Rayón, Edo. de México", "mx-rayon"),
        ("Zacatecas, Zac.", "mx-zacatecas"),
        ("Morelia - Michoacán", "mx-morelia"),
        ("CDMX", "mx-cdmx"),
        ("Mexico City", "mx-cdmx"),
        ("Rosario (AR)", "ar-rosario"),
        ("Lisbon", "pt-lisboa"),
        ("Bruxelles, Belgique", "be-bruselas"),
        ("Guadalupe, Zacatecas", None),
        ("Guadalupe Zacatecas", None),
        ("Guadalupe (Chihuahua)", None),
        ("León, España", None),
        ("León, Nicaragua", None),
        ("Rosario, Sinaloa", None),
        ("León, Guanajuato, España", None),
        ("Leones", None),
        ("León Rock", None),
        ("México", None),
        ("Guanajuato, León", None),
        ("Atlantis", None),
        (",", None),
        ("", None),
    ],
)
def test_a_city_is_found_by_any_of_its_names(vocabulary: Vocabulary, text: str, found: str | None) -> None:
    city = vocabulary.city_named(text)

    assert (city.id if city else None) == found


def test_a_city_of_another_country_is_not_meant(vocabulary: Vocabulary) -> None:
    assert vocabulary.city_named("León", country="ES") is None
    assert vocabulary.city_named("León", country="MX") == vocabulary.city("mx-leon")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MX", "MX"),
        ("mx", "MX"),
        ("MEX", "MX"),
        ("México", "MX"),
        ("Mexico", "MX"),
        ("Mexique", "MX"),
        ("Mèxic", "MX"),
        ("Estados Unidos Mexicanos", "MX"),
        ("España", "ES"),
        ("Reino de España", "ES"),
        ("Brasil", "BR"),
        ("Brésil", "BR"),
        ("República de Corea", "KR"),
        ("Corea del Sur", "KR"),
        ("Coreia do Sul", "KR"),
        ("República Portuguesa", "PT"),
        ("EE. UU.", "US"),
        ("EU", None),
        ("ZZ", None),
        ("Marte", None),
        ("", None),
    ],
)
def test_a_country_is_found_by_code_or_name(vocabulary: Vocabulary, text: str, code: str | None) -> None:
    assert vocabulary.country(text) == code


def test_every_name_of_a_city_with_its_state_finds_that_city(vocabulary: Vocabulary) -> None:
    assert vocabulary.cities
    for city in vocabulary.cities:
        assert city.names, city.id
        for name in city.names:
            assert vocabulary.city_named(name) == city
            if city.state:
                assert vocabulary.city_named(f"{name}, {city.state}") == city
