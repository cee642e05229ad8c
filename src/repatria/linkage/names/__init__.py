"""How is a name in any script made comparable with a name in any other?

Start at `name_tokens`. Tables of letters are in `letters`, the phonetic
alphabet and its confusions in `alphabet`. Not here: how alike two names are
(`linkage.distance`), and any guess about who somebody is.
"""

from repatria.linkage.names.forms import NameForm, other_forms
from repatria.linkage.names.given_names import given_name_numbers
from repatria.linkage.names.keys import query_keys, search_keys
from repatria.linkage.names.places import NamePart, parts_shown
from repatria.linkage.names.reader import NameReader
from repatria.linkage.names.readings import other_readings
from repatria.linkage.names.skeletons import skeleton_of, skeletons_of
from repatria.linkage.names.sounds import Reading, reading_of, sound_of
from repatria.linkage.names.tokens import (
    NameToken,
    TokenRole,
    ends_like_a_patronymic,
    name_of_father,
    name_tokens,
)

__all__ = [
    "NameForm",
    "NamePart",
    "NameReader",
    "NameToken",
    "Reading",
    "TokenRole",
    "ends_like_a_patronymic",
    "given_name_numbers",
    "name_of_father",
    "name_tokens",
    "other_forms",
    "other_readings",
    "parts_shown",
    "query_keys",
    "reading_of",
    "search_keys",
    "skeleton_of",
    "skeletons_of",
    "sound_of",
]
