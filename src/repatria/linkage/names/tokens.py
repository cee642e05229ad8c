"""Of which parts does a name consist, and what is each part?

Order and writing of the parts mean nothing here: only what a part shows of
itself (a patronymic ending, a lone initial, a particle) is taken as known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag, StrEnum
from functools import lru_cache

from repatria.linkage.names.initials import CLOSED, letter_of
from repatria.linkage.names.ranks import GRADES, RANKS
from repatria.linkage.names.skeletons import skeleton_of
from repatria.linkage.names.sounds import Reading, plain_text, reading_of, sound_of
from repatria.terms import PersonName, Script, script_of


class TokenRole(StrEnum):
    """What a part shows itself to be; position alone shows nothing."""

    NAME = "name"
    PATRONYMIC = "patronymic"
    INITIAL = "initial"

    __hash__ = str.__hash__  # as equality is; that of an enumeration takes ten times as long


@dataclass(frozen=True, slots=True, kw_only=True)
class NameToken:
    """One part of a name, ready to be compared.

    Attributes:
        text: as written, particles joined to it.
        sound: in the phonetic alphabet, patronymic ending taken off.
        other_sound: how it may sound as well, where an ending or an article may belong to the
            name or not; empty where there is no doubt.
        skeleton: the firm consonants of the sound, folded.
        role: what the part shows itself to be.
        script: what the part is written in.
    """

    text: str
    sound: str
    skeleton: str
    role: TokenRole
    script: Script
    other_sound: str = ""

    @property
    def vowels_unwritten(self) -> bool:
        """The script leaves short vowels out."""
        return self.script in _UNWRITTEN


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_text(text).split())


# Words that belong to the part before or after them or say nothing about the person.
_ARTICLES = _words("al el as ash an ar at az ad ez ed es al- el- ال")
_OF = _words(
    "de del della di da do dos das du des la le les los las van von der den ter ten zu zum zur "
    "af av y i e bin ibn ben bint bn ould uld بن ابن بنت בן בת دی دو de' d'"
)
_TITLES = _words("mr mrs ms dr prof sir lord haji hajji jr sr др դր")
_RANKS, _GRADES = _words(RANKS), _words(GRADES)
_SERVANT = _words("abd abdel abdul abdal abed عبد")
_JOINS_BACK = _words("din eldin aldin eddin uddin addin allah ullah ulla الدين الله دین")
_JOINS_ON = _words("mc mac مک מק")
_FATHER_OF = _words("abu abou abo ابو أبو um umm ام أم")
_CHILD_OF = _words("oglu oğlu ogly oghlu qizi qızı kizi kızı gizi оглы оглу кызы гызы огли")

_BELONGS_BEFORE = _CHILD_OF | _JOINS_BACK
_BEGINS = _FATHER_OF | _JOINS_ON
_EMPTY = _ARTICLES | _OF
_PARTICLES = _BELONGS_BEFORE | _BEGINS | _EMPTY | _SERVANT | _TITLES | _RANKS | _GRADES

_BETWEEN = r"\s,;/_()\"«»“”.\-‐-―־"
_BRACKETS = re.compile(r"\([^()]*\)")
_SEPARATORS = re.compile(f"[{_BETWEEN}]+")
_WORDS = re.compile(f"(?<![^{_BETWEEN}])(?:{CLOSED})|[^{_BETWEEN}]+", re.IGNORECASE)

# Endings that make a father's name into a patronymic, by script; the longest is taken off.
# Source: BGN/PCGN guides to Russian, Ukrainian, Belarusian and Armenian personal names.
_ENDINGS = {
    Script.CYRILLIC: re.compile(
        r"(?:[ьй]?[ео]вич|ович|[ьй]?евна|овна|і?[ії]вна|[иі]н?ична|[иі]нічна|ич|"
        r"[ьй]?[аое][вў]іч|[ьй]?[ае]ўна)$"
    ),
    Script.LATIN: re.compile(
        r"(?:[iyj]?[eao][vwu](?:i|y)(?:ch|tch|tsch|č|c|ç)|[iyj]?[eo]vna|[iy]?ivna|(?:in)?ichna|[ae]una)$"
    ),
    Script.ARMENIAN: re.compile(r"(?:ովիչ|եվիչ|ովնա|եվնա|(?<=[աո])յի|ի)$"),
    Script.GEORGIAN: re.compile(r"(?:ოვიჩ|ევიჩ|ოვნა|ევნა)ი?$"),
    Script.ARABIC: re.compile(r"(?:وفيتش|يفيتش|ویچ)$"),
    Script.HEBREW: re.compile(r"(?:וביץ'|ביץ'|ובנה)$"),
}
# Of two letters behind an article, or a name of four letters.
_SHORT_WITH_ARTICLE = re.compile("ال..$")
_ARMENIAN_FAMILY = re.compile("[յե]ան(?:ց)?$")
_LEAST_STEM = 2
_LEAST_BESIDE_RANK = 1
_UNWRITTEN = frozenset({Script.ARABIC, Script.HEBREW})


def name_tokens(name: PersonName, *, father: str = "") -> tuple[NameToken, ...]:
    """The parts of a name that can be compared, in the order written; empty if it has no letter.

    Args:
        name: as somebody wrote it.
        father: the father's name where the source gives it apart; it becomes a patronymic
            unless the name shows one already.
    """
    tokens = _tokens_of(name.text)
    given_apart = father or name.patronymic
    if not given_apart or any(token.role is TokenRole.PATRONYMIC for token in tokens):
        return tokens
    return _with_patronymic(tokens, _tokens_of(given_apart)[:1])


def _with_patronymic(
    tokens: tuple[NameToken, ...], patronymic: tuple[NameToken, ...]
) -> tuple[NameToken, ...]:
    sounds = {token.sound for token in patronymic}
    marked = tuple(
        NameToken(
            text=token.text,
            sound=token.sound,
            skeleton=token.skeleton,
            role=TokenRole.PATRONYMIC,
            script=token.script,
            other_sound=token.other_sound,
        )
        for token in patronymic
        if token.role is not TokenRole.INITIAL
    )
    others = tuple(token for token in tokens if token.sound not in sounds)
    return (others if len(others) + 1 == len(tokens) else tokens) + marked


@lru_cache(maxsize=65536)
def _tokens_of(text: str) -> tuple[NameToken, ...]:
    reading = reading_of(text)
    words = _joined([word for word in words_of(text) if plain_text(word)])
    father = _place_of_patronymic(words)
    made = (
        token_of(word, reading, shows_father=place == father, many=len(words) > 2)
        for place, word in enumerate(words)
    )
    return tuple(token for token in made if token is not None)


def _joined(words: list[str]) -> list[str]:
    """Words with particles joined to what they belong to, titles and articles left out."""
    if _PARTICLES.isdisjoint(map(plain_text, words)):
        return words
    joined: list[str] = []
    at = 0
    while at < len(words):
        plain, rest = plain_text(words[at]), words[at + 1 :]
        if joined and plain in _BELONGS_BEFORE:
            joined[-1] += f" {words[at]}"
        elif joined and rest and plain in _ARTICLES and plain_text(rest[0]) in _JOINS_BACK:
            joined[-1] += f" {words[at]} {rest[0]}"
            at += 1
        elif rest and _governs(plain, plain_text(rest[0])) and not _stands_alone(words, at):
            taken = 2 if len(rest) > 1 and plain_text(rest[0]) in _ARTICLES else 1
            joined.append(" ".join([words[at], *rest[:taken]]))
            at += taken
        elif not _says_nothing(plain, joined, rest):
            joined.append(words[at])
        at += 1
    return joined


def _governs(plain: str, following: str) -> bool:
    """Whether a word forms one part of the name with the word that follows it."""
    if plain in _SERVANT:
        return following not in _FATHER_OF and not following.startswith("ابو")
    return plain in _BEGINS


def _stands_alone(words: list[str], at: int) -> bool:
    """Whether an article before a servant makes him a family name: al-Abd, and no Abd al-Rahman."""
    article = at > 0 and plain_text(words[at - 1]) in _ARTICLES
    return article and plain_text(words[at]) in _SERVANT


def _says_nothing(plain: str, before: list[str], after: list[str]) -> bool:
    if plain in _TITLES:
        return bool(after or before)
    if plain in _RANKS:  # John Major bears no rank
        return not before and len(after) >= _LEAST_BESIDE_RANK
    if plain in _GRADES:
        ranked = bool(after) and plain_text(after[0]) in _RANKS
        return ranked and not before and len(after) > _LEAST_BESIDE_RANK
    return plain in _EMPTY and bool(after) and len(before) + len(after) > 1


class WordShape(IntFlag):
    """What one word shows by itself, before it is read; words of one shape are treated alike."""

    USUAL = 0
    PARTICLE = 1
    FATHER_ENDING = 2
    ARMENIAN = 4
    ARMENIAN_FAMILY = 8
    NOTHING = 16


@lru_cache(maxsize=1 << 18)
def word_shape(word: str) -> WordShape:
    """The shape of a word without spaces."""
    plain = plain_text(word)
    if not plain:
        return WordShape.NOTHING
    shape = WordShape.PARTICLE if plain in _PARTICLES else WordShape.USUAL
    if _has_ending(word):
        shape |= WordShape.FATHER_ENDING
        if script_of(word) is Script.ARMENIAN:
            shape |= WordShape.ARMENIAN
    if _ARMENIAN_FAMILY.search(plain):
        shape |= WordShape.ARMENIAN_FAMILY
    return shape


def ends_like_a_patronymic(token: NameToken) -> bool:
    """Whether a part has an ending of patronymics that hardly any given name has."""
    shape = word_shape(token.text)
    return bool(shape & WordShape.FATHER_ENDING) and not shape & WordShape.ARMENIAN


def name_of_father(token: NameToken) -> str:
    """The father's name in a patronymic, as far as it shows; of any other part what is written."""
    if token.role is not TokenRole.PATRONYMIC:
        return token.text
    words = token.text.split()
    return words[0] if plain_text(words[-1]) in _CHILD_OF else _without_ending(token.text)


def words_of(text: str) -> list[str]:
    """The words of a name as written; some may show nothing that is read.

    A note in brackets is none of them: "(politician)" beside a name in capital letters. A maiden
    name in brackets is.
    """
    if "(" in text:
        text = _without_notes(text)
    if "." in text or "․" in text:  # a full stop may show that the word before it is an initial
        return _WORDS.findall(text)
    return [word for word in _SEPARATORS.split(text) if word]


def _without_notes(text: str) -> str:
    rest = _BRACKETS.sub(" ", text)
    if rest.islower() or not rest.strip():
        return text
    return _BRACKETS.sub(lambda found: " " if found.group().islower() else found.group(), text)


def _place_of_patronymic(words: list[str]) -> int | None:
    """Where the patronymic stands: after it a word for son or daughter, or by its ending."""
    marked = [at for at, word in enumerate(words) if plain_text(word.split()[-1]) in _CHILD_OF]
    if marked:
        return marked[0]
    return place_of_patronymic([word_shape(word) for word in words])


def place_of_patronymic(shapes: Sequence[WordShape]) -> int | None:
    """Where the patronymic stands by its ending, in a name of three parts or more.

    A family name may end likewise. The patronymic follows the given name, so it is never first
    where another part could be it, and it comes before a family name that is last. An Armenian
    given name may end like a genitive (Yuri), the common family names do not: beside one of them
    the last one is it, and without one nothing is certain.
    """
    if len(shapes) < 3:
        return None
    shown = [at for at, shape in enumerate(shapes) if shape & WordShape.FATHER_ENDING]
    if shown and shapes[shown[-1]] & WordShape.ARMENIAN:
        sure = len(shown) == 1 or any(shape & WordShape.ARMENIAN_FAMILY for shape in shapes)
        return shown[-1] if sure else None
    return next((at for at in shown if at > 0), shown[0] if shown else None)


@lru_cache(maxsize=65536)
def token_of(word: str, reading: Reading, *, shows_father: bool, many: bool) -> NameToken | None:
    """One part of a name, ready to be compared; None when nothing of it sounds.

    Args:
        word: as written, particles joined to it.
        reading: what `reading_of` gave for the whole name.
        shows_father: it is the patronymic.
        many: the name has three parts or more.
    """
    letter = letter_of(word)
    parts = [letter] if letter else word.split()
    role = TokenRole.PATRONYMIC if shows_father else TokenRole.NAME
    if len(parts) > 1 and plain_text(parts[-1]) in _CHILD_OF:
        parts = parts[:-1]
    elif shows_father and not letter:
        parts = [_without_ending(word)]
    sound = sound_of(_without_article(parts[0]) + "".join(parts[1:]), reading)
    if not sound:
        return None
    if letter or _is_one_letter(plain_text(word)):
        role = TokenRole.INITIAL
    other = _other_sound(word, sound, reading, shows_father=shows_father, many=many)
    return NameToken(
        other_sound="" if letter else other,
        text=word,
        sound=sound,
        skeleton=skeleton_of(sound),
        role=role,
        script=script_of(word),
    )


def _is_one_letter(plain: str) -> bool:
    if plain.isalpha():  # nearly always, and many times as quick
        return len(plain) == 1
    return sum(char.isalpha() for char in plain) == 1


def _other_sound(word: str, sound: str, reading: Reading, *, shows_father: bool, many: bool) -> str:
    """The sound with what was taken off, or without what may be an Armenian genitive ending."""
    if shows_father or script_of(word) is Script.ARABIC:
        parts = word.split()
        if shows_father and len(parts) > 1 and plain_text(parts[-1]) in _CHILD_OF:
            return ""
        whole = sound_of("".join(parts), reading)
        if whole == sound and len(parts) == 1 and _SHORT_WITH_ARTICLE.match(plain_text(word)):
            return sound_of(plain_text(word)[2:], reading)
        return whole if whole != sound else ""
    genitive = many and sound[-1] in "iyJY" and len(sound) > _LEAST_STEM + 1
    return sound[:-1] if genitive else ""


def _without_article(part: str) -> str:
    plain = plain_text(part)
    if plain.startswith("ال") and len(plain) > 4:  # the article before a root of three
        return plain[2:]
    return plain


@lru_cache(maxsize=65536)
def _has_ending(word: str) -> bool:
    return _without_ending(word) != plain_text(word)


@lru_cache(maxsize=65536)
def _without_ending(word: str) -> str:
    """The word in plain letters, without the ending of a patronymic if it has one."""
    plain = plain_text(word)
    script = script_of(word)
    pattern = _ENDINGS.get(script)
    if pattern is None:
        return plain
    match = pattern.search(plain)
    return plain[: match.start()] if match and match.start() >= _LEAST_STEM else plain
