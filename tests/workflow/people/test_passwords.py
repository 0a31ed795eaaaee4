"""Which passwords are taken and how they are kept: S41."""

import subprocess
import sys
import unicodedata

import pytest

from bank.errors import Invalid
from bank.workflow.people import passwords
from bank.workflow.people.accounts import guessable_words

COMMON = [
    "password1234",
    "Password123456!",
    "123456789012",
    "98765432109876",
    "aaaaaaaaaaaaaaa",
    "abababababab",
    "abc123abc123abc123",
    "qwertyuiop12",
    "QwertyQwerty",
    "contraseña2026!",
    "ciudadeseducadoras",
    "Educadora2026!!!",
    "michael19781978",
    "abcdefghijklm",
    "1q2w3e4r5t6y",
]
GOOD = [
    "siete jacarandas en la plaza",
    "948271650317",
    "ñandúes y ocelotes",
    "水を分け合う学校の畑で学ぶ",
    "x" * 4 + "yQ8" + "z" * 6,
]


@pytest.mark.parametrize("password", COMMON)
def test_a_password_that_many_people_use_is_refused(password: str) -> None:
    with pytest.raises(Invalid, match="guessed"):
        passwords.expect_good_password(password)


@pytest.mark.parametrize("password", GOOD)
def test_any_other_password_is_taken_whatever_it_is_composed_of(password: str) -> None:
    passwords.expect_good_password(password)


def test_twelve_characters_are_enough_and_128_are_not_too_many() -> None:
    long = "".join(chr(ord("a") + number * 7 % 26) for number in range(128))
    with pytest.raises(Invalid, match="at least 12"):
        passwords.expect_good_password("once letras"[:11])
    passwords.expect_good_password("doce letras!")
    passwords.expect_good_password(long[:127] + "!")
    with pytest.raises(Invalid, match="at most 128"):
        passwords.expect_good_password(long + "!")


@pytest.mark.parametrize("password", ["ana.ficticia99", "AnaFicticia2026", "red-example.org"])
def test_what_is_known_of_a_person_is_no_password_of_theirs(password: str) -> None:
    known = guessable_words("ana.ficticia@red-example.org", "Ana Ficticia")
    passwords.expect_good_password(password)
    with pytest.raises(Invalid, match="guessed"):
        passwords.expect_good_password(password, known)


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = passwords.hash_password(GOOD[0]), passwords.hash_password(GOOD[0])
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert passwords.password_fits(first, GOOD[0])
    assert not passwords.password_fits(first, GOOD[0] + " ")


def test_nothing_fits_where_nothing_is_kept() -> None:
    assert not passwords.password_fits(None, unicodedata.lookup("SNOWMAN") * passwords.SHORTEST_PASSWORD)
    assert not passwords.password_fits("", "")
    assert not passwords.password_fits("$argon2id$broken", GOOD[0])


COUNTED = """
import sys
from argon2 import PasswordHasher
from bank.workflow.people import passwords
done = []
sys.setprofile(lambda frame, what, _: what == "call" and done.append(frame.f_code))
passwords.password_fits(None, "siete jacarandas en la plaza")
sys.setprofile(None)
print(done.count(PasswordHasher.verify.__code__), done.count(PasswordHasher.hash.__code__))
"""


def test_the_first_comparison_with_nothing_in_a_process_hashes_once_as_any_other() -> None:
    told = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["1", "0"]


def test_what_stands_for_nothing_is_worked_on_as_long_as_a_kept_hash() -> None:
    kept = passwords.hash_password(GOOD[0])
    assert passwords.DECOY_HASH.split("$")[:4] == kept.split("$")[:4]
    assert [len(part) for part in passwords.DECOY_HASH.split("$")] == [len(part) for part in kept.split("$")]
    assert not passwords.is_outdated_hash(passwords.DECOY_HASH)


def test_an_accent_typed_as_two_characters_is_the_same_password() -> None:
    kept = passwords.hash_password(unicodedata.normalize("NFC", "camión número ocho"))
    assert passwords.password_fits(kept, unicodedata.normalize("NFD", "camión número ocho"))


def test_half_a_character_is_a_wrong_password_and_no_failure() -> None:
    assert not passwords.password_fits(passwords.hash_password(GOOD[0]), "\ud800" * 12)


def test_a_hash_of_weaker_parameters_is_told() -> None:
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
    assert passwords.is_outdated_hash(weak)
    assert not passwords.is_outdated_hash(passwords.hash_password(GOOD[0]))


def test_the_packaged_list_holds_words_one_a_line_in_lower_case() -> None:
    words = passwords.common_passwords()
    assert len(words) > 700
    assert all(word == word.casefold().strip() for word in words)
