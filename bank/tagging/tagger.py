"""Suggests principles and themes for documents.

The models are trained from the profiles at the first request (one to two seconds).
"""

import threading
from collections.abc import Callable, Sequence

import numpy as np

from bank.tagging import evidence, scoring
from bank.tagging.cache import ReadDocumentCache
from bank.tagging.examples import build_examples, term_columns
from bank.tagging.features import LearntModels, ReadDocument, read_for_tags
from bank.tagging.model import learn_vector_model
from bank.tagging.stems import learn_stem_model
from bank.tagging.values import (
    TAGGED_VOCABULARIES,
    Document,
    EncodeTexts,
    SimilarEntry,
    Suggestion,
    Suggestions,
    TextAnalysis,
)
from bank.tagging.wording import build_cue_scorer
from bank.turns import Turns
from bank.vocabulary import Profiles, Vocabulary

TAGGER_VERSION = "1"
"""Counts changes of the method; stored with every decision."""
MOST_SUGGESTIONS = {"principle": 5, "theme": 4}
"""Suggestions of each vocabulary."""
LEAST_SUGGESTED_SCORE = 0.25
"""Terms of a lower score are not suggested."""
TAGGER_TURNS = Turns(at_once=2, waiting=10, patience=10.0)
"""Reading a document takes a processor half a second to two: the threads of one process take turns."""


class Tagger:
    """Reads documents and suggests terms; any thread may call it.

    `teach` encodes the profiles for training, once; without it `reading.encode` does.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        profiles: Callable[[], Profiles],
        reading: TextAnalysis,
        teach: EncodeTexts | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.reading = reading
        self._profiles = profiles
        self._teach = teach or reading.encode
        self._columns = term_columns(vocabulary)
        self._learnt: LearntModels | None = None
        self._plain: Tagger | None = None
        self.remembered = ReadDocumentCache()
        self._lock = threading.Lock()
        self._learning = threading.Lock()

    def without_meaning(self) -> "Tagger":
        """A tagger that uses words only, for where the model can't be read; the same object each time."""
        with self._lock:
            if self._plain is None:
                reading = TextAnalysis(self.reading.sentences, self.reading.stem)
                self._plain = Tagger(self.vocabulary, self._profiles, reading)
            return self._plain

    @property
    def method(self) -> str:
        """The version, and whether meaning was used: "1+meaning" or "1"."""
        return f"{TAGGER_VERSION}+meaning" if self.reading.encode else TAGGER_VERSION

    def suggest(self, document: Document, near: Sequence[SimilarEntry] = (), remember: bool = True) -> Suggestions:
        """The likely terms with their evidence, the best first; fewer for an unclear text, none for nonsense.

        `near` are similar entries, the nearest first. `remember`: the read document is cached for the next time. Raises
        Busy where too many other documents are being read.
        """
        found = self.read(document, remember)
        chosen = {name: self._chosen(name, found, document, near) for name in TAGGED_VOCABULARIES}
        return Suggestions(chosen["principle"], chosen["theme"], self.method)

    def read(self, document: Document, remember: bool = True) -> ReadDocument:
        """The document's sentences and signals for every term, from the cache where it is there.

        Raises Busy as `suggest`.
        """
        if held := self.remembered.get(document):
            return held
        with TAGGER_TURNS.turn():
            found = self.remembered.get(document) or read_for_tags(
                document, self.vocabulary, self.reading, self.prepare()
            )
        if remember:
            self.remembered.put(document, found)
        return found

    def prepare(self) -> LearntModels:
        """Trains the models, where that has not been done yet (a second or two)."""
        with self._learning:
            if self._learnt is None:
                self._learnt = self._learn()
            return self._learnt

    def columns(self, name: str) -> slice:
        """The slice of the columns that belongs to a vocabulary."""
        ends = np.cumsum([0, *(len(self.vocabulary.vocabularies()[each]) for each in TAGGED_VOCABULARIES)])
        at = TAGGED_VOCABULARIES.index(name)
        return slice(int(ends[at]), int(ends[at + 1]))

    def _learn(self) -> LearntModels:
        given = build_examples(self.vocabulary, self._profiles())
        model = learn_vector_model(given, self._teach, self.reading.sentences) if self._teach else None
        heard = build_cue_scorer(self.vocabulary, self._columns, given, self.reading.stem)
        return LearntModels(heard, learn_stem_model(given, self.reading.stem), model)

    def _chosen(
        self, name: str, found: ReadDocument, document: Document, near: Sequence[SimilarEntry]
    ) -> tuple[Suggestion, ...]:
        terms = [term.id for term in self.vocabulary.vocabularies()[name]]
        scores = scoring.term_scores(found, self.columns(name), terms, name, near)
        order = [
            int(at)
            for at in np.argsort(-scores, kind="stable")[: MOST_SUGGESTIONS[name]]
            if scores[at] >= LEAST_SUGGESTED_SCORE
        ]
        return tuple(self._suggestion(name, terms[at], float(scores[at]), found, document) for at in order)

    def _suggestion(self, name: str, term: str, score: float, found: ReadDocument, document: Document) -> Suggestion:
        column = self._columns[name, term]
        principle = term if name == "principle" else None
        return Suggestion(
            term=term,
            score=round(score, 3),
            evidence=evidence.choose_evidence(found, document.parts, column, principle),
            matched=found.heard.matched.get(column, ()),
            mentioned=principle is not None and any(mention.term == term for mention in found.mentions),
        )
