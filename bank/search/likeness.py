"""Near-duplicate texts by MinHash signatures: recognises the same text scanned again.

MinHash (A. Broder, On the resemblance and containment of documents, 1997) over three folded words in a row, and bands
of its values for finding (P. Indyk, R. Motwani, Approximate nearest neighbors, 1998). Stored signatures must stay
comparable: after any change here the signature of every file must be made anew.
"""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bank.search.folding import fold_word, split_words

SIGNATURE_VALUES, VALUES_PER_BAND = 128, 4
"""Values of a signature, and of one of its 32 bands: texts that share half of their shingles share a band in 87 of 100
cases, those that share 0.8 of them always."""
SHINGLE_WORDS = 3
"""Words in a row: with five, a scan in which one word of twenty is misread would seem half another text."""
LEAST_SIGNATURE_WORDS = 40
"""Words that a text needs to have a signature."""
LEAST_RESEMBLANCE = 0.5
"""From here on two texts count as the same one with changes. Measured: scanned again 0.7 and more, an ordinance and
that of the next year 0.58, other texts of one series 0.2 and less."""
SHINGLES_AT_ONCE = 4096
Hashes = NDArray[np.uint64]


def text_signature(text: str) -> bytes:
    """The signature of a text: 128 values of four bytes, little-endian; empty for fewer than 40 words."""
    found = [fold_word(word) for word in split_words(text)]
    if len(found) < LEAST_SIGNATURE_WORDS:
        return b""
    hashes = np.unique(shingle_hashes(found))
    least = np.full(SIGNATURE_VALUES, np.iinfo(np.uint64).max, dtype=np.uint64)
    seeds = mix_hashes(np.arange(1, SIGNATURE_VALUES + 1, dtype=np.uint64))
    for first in range(0, len(hashes), SHINGLES_AT_ONCE):
        some = hashes[first : first + SHINGLES_AT_ONCE]
        np.minimum(least, mix_hashes(some[:, None] ^ seeds).min(axis=0), out=least)
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def shingle_hashes(found: list[str]) -> Hashes:
    """A hash for each run of three words, the same in every process."""
    numbers = {word: int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in set(found)}
    row = np.array([numbers[word] for word in found], dtype=np.uint64)
    count = len(row) - SHINGLE_WORDS + 1
    total = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE_WORDS):
        total = mix_hashes(total ^ row[place : place + count])
    return total


def mix_hashes(values: Hashes) -> Hashes:
    """Hashes each number with the finaliser of splitmix64 (S. Vigna)."""
    stirred = values + np.uint64(0x9E3779B97F4A7C15)
    stirred = (stirred ^ (stirred >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    stirred = (stirred ^ (stirred >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return stirred ^ (stirred >> np.uint64(31))


def signature_bands(signature: bytes) -> list[int]:
    """A number of 63 bits for each band of a signature; none for an empty signature.

    Only texts that share such a number are compared.
    """
    size = 4 * VALUES_PER_BAND
    return [
        int.from_bytes(blake2b(bytes([first // size]) + signature[first : first + size], digest_size=8).digest()) >> 1
        for first in range(0, len(signature), size)
    ]


def resemblance(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common, 0 to 1, by their signatures; 0 where either is empty."""
    if len(one) != 4 * SIGNATURE_VALUES or len(other) != 4 * SIGNATURE_VALUES:
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))
