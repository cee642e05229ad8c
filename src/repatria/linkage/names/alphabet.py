"""In which letters is the sound of a name written, whatever script it came in?

One character stands for one sound. Where the source script leaves a sound open
(Arabic waw may be w, u or o), the doubt is a letter of its own: it is never
decided here, it only costs less to confuse. Case matters: `s` is not `S`.
"""

import re

VOWELS = frozenset("aeiouEIOU")
"""Plain vowels; E is the open e of Azerbaijani, I the dark i, O and U the rounded ones."""

WEAK = frozenset("AWY`hyw")
"""Sounds that orthographies drop freely: A alef, W waw, Y ya, ` ayin or hamza, h, glides."""

SOUNDS = "aeiouEIOUAWY`hywbpBPvfmnlrtdkgqKxG6szSZXcDCjJ189"
"""Every letter of the phonetic alphabet, in a fixed order.

Beyond those above: B bet (b, v), P pe (p, f), K kaf (k, kh), x kh, G gh, 6 Cyrillic ge (g, h),
S sh, Z zh, X shin without dot (sh, s), c ts, D dz, C ch, j dj, J jim or Latin j (dj, zh, g, y),
1 Latin c (k, s, ts, ch, dj), 8 th of "think" (th, s, t), 9 th of "this" (dh, z, d).
"""

_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)


def once_each(sounds: str) -> str:
    """The text with what is doubled or longer written once."""
    return _DOUBLED.sub(_one_of, sounds)


def _one_of(run: re.Match[str]) -> str:
    return run.group(1)


# Which sounds are confused between orthographies, and how much a confusion says against equality:
# 0 nothing, 1 as much as two unrelated sounds. The figures are judgements of this project, made
# on the tables of `letters`; they are to be replaced by costs learned from known pairs.
_CONFUSIONS: tuple[tuple[str, float], ...] = (
    ("aeiouEIOUAWY", 0.35),
    ("aEA", 0.1),
    ("aeE", 0.2),
    ("iIyYU", 0.15),
    ("iyY", 0.05),
    ("ieY", 0.2),
    ("ieI", 0.2),
    ("oWOa", 0.2),
    ("oW", 0.05),
    ("uWUo", 0.15),
    ("uW", 0.05),
    ("A`", 0.1),
    ("vwW", 0.1),
    ("wuo", 0.2),
    ("vf", 0.3),
    ("bBvW", 0.35),
    ("bB", 0.02),
    ("Bv", 0.05),
    ("bp", 0.3),
    ("BpP", 0.25),
    ("pP", 0.02),
    ("Pf", 0.05),
    ("pf", 0.5),
    ("td", 0.3),
    ("t8", 0.1),
    ("s8", 0.25),
    ("d9", 0.1),
    ("z9", 0.1),
    ("sz", 0.3),
    ("sSX", 0.35),
    ("XS", 0.02),
    ("Xs", 0.1),
    ("zZ", 0.35),
    ("SZ", 0.4),
    ("SC", 0.4),
    ("cs", 0.35),
    ("cC", 0.3),
    ("cD", 0.15),
    ("cz", 0.45),
    ("Dz", 0.25),
    ("Dj", 0.3),
    ("jC", 0.3),
    ("jJ", 0.03),
    ("jZ", 0.25),
    ("JZ", 0.15),
    ("Jy", 0.25),
    ("JY", 0.25),
    ("Jg", 0.25),
    ("Ji", 0.4),
    ("Jx", 0.5),
    ("gj", 0.35),
    ("k1", 0.03),
    ("s1", 0.2),
    ("c1", 0.2),
    ("C1", 0.3),
    ("j1", 0.3),
    ("K1", 0.1),
    ("q1", 0.1),
    ("gG6", 0.15),
    ("g6", 0.03),
    ("h6", 0.12),
    ("Gx", 0.35),
    ("Gk", 0.45),
    ("gk", 0.35),
    ("kqK", 0.08),
    ("qgG6", 0.2),
    ("xK", 0.15),
    ("xq", 0.4),
    ("xk", 0.35),
    ("xh", 0.15),
    ("Ch", 0.8),
    ("Cx", 0.5),
    ("Ck", 0.45),
    ("J6q", 0.25),
    ("Dd", 0.35),
    ("ct", 0.5),
    ("uv", 0.4),
    ("CK", 0.35),
    ("CX", 0.4),
    ("mn", 0.5),
    ("lr", 0.6),
)

_DROPS = {"h": 0.35, "`": 0.05, "y": 0.15, "w": 0.3, "A": 0.15, "W": 0.25, "Y": 0.15, "I": 0.2}
_DROPPED_VOWEL = 0.35
_DROPPED_CONSONANT = 0.85
_DROPPED_VOWEL_UNWRITTEN = 0.05


def substitution_cost(one: str, other: str) -> float:
    """How much it says against equality that one sound stands where the other does; symmetric."""
    if one == other:
        return 0.0
    return min((cost for group, cost in _CONFUSIONS if one in group and other in group), default=1)


def drop_cost(sound: str, *, vowels_unwritten: bool) -> float:
    """How much it says against equality that a sound has no counterpart.

    Args:
        sound: one letter of the phonetic alphabet.
        vowels_unwritten: one of the two names is in a script that leaves short vowels out.
    """
    if sound in VOWELS and vowels_unwritten:
        return _DROPPED_VOWEL_UNWRITTEN
    return _DROPS.get(sound, _DROPPED_VOWEL if sound in VOWELS else _DROPPED_CONSONANT)
