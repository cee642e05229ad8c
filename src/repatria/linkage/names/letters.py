"""Which sound does each letter of each script stand for?

Own tables, one per script, longest spelling first; each names the standard
whose reading of the letters it follows. They give sounds for comparing, not a
spelling for showing: nothing made here is ever printed as somebody's name.
"""

from collections.abc import Mapping


def _paired(text: str) -> dict[str, str]:
    """Spelling to sound from words `spelling=sound`; nothing after the sign means silent."""
    return {left: right for left, _, right in (word.partition("=") for word in text.split())}


ARMENIAN: Mapping[str, str] = _paired(
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=I թ=t ժ=Z ի=i լ=l խ=x ծ=c կ=k հ=h ձ=D ղ=G ճ=C մ=m յ=y ն=n "
    "շ=S ո=o չ=C պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r ց=c ւ=v փ=p ք=k օ=o ֆ=f և=ev եւ=ev ու=u"
)
"""Source: ISO 9985:1996 (Eastern reading); digraph `ու` and ligature `և` as in BGN/PCGN 1981."""

ARMENIAN_FIRST: Mapping[str, str] = _paired("ե=ye եւ=yev և=yev ո=vo ու=u")
"""How the letters are read at the beginning of a word. Source: BGN/PCGN 1981, notes."""

CYRILLIC: Mapping[str, str] = _paired(
    "а=a б=b в=v г=6 д=d е=e ё=yo ж=Z з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f "
    "х=x ц=c ч=C ш=S щ=SC ъ= ы=I ь= э=e ю=yu я=ya дж=j дз=D тс=c тц=c ий=i ый=I "
    "і=i ї=yi є=ye ґ=g ў=w ј=y љ=l њ=n ћ=C ђ=j џ=j ѓ=g ќ=k ѕ=D "
    "ә=E ғ=G ҝ=g ө=O ү=U һ=h ҹ=j қ=q ң=n ұ=u ҳ=h ҷ=j ӣ=i ӯ=u"
)
"""Source: BGN/PCGN 1947 (Russian), 2019 (Ukrainian), 1979 (Belarusian); the last row is the
Azerbaijani alphabet of 1939-1991 (BGN/PCGN 1993) and the Kazakh and Tajik letters."""

CYRILLIC_FIRST: Mapping[str, str] = _paired("е=ye")
"""Source: BGN/PCGN 1947: `е` is read `ye` at the beginning of a word."""

UKRAINIAN: Mapping[str, str] = _paired("и=I")
"""Read so only in a name that shows a Ukrainian letter; `г` stays in doubt between h and g, since
passports have both. Source: BGN/PCGN 2019."""

ARABIC: Mapping[str, str] = _paired(
    "ا=A آ=A أ=A إ=A ٱ=A ب=b ت=t ث=8 ج=J ح=h خ=x د=d ذ=9 ر=r ز=z س=s ش=S ص=s ض=d ط=t ظ=9 ع=` غ=G "
    "ف=f ق=q ك=k ل=l م=m ن=n ه=h ة=A و=W ؤ=W ي=Y ى=A ئ=Y ء=` "
    "پ=p چ=C ژ=Z گ=g ک=k ی=Y ۀ=h ە=E ڤ=v ێ=Y ۆ=W ھ=h الله=AllAh"
)
"""Source: BGN/PCGN 1956 (Arabic) and 1958 (Persian); Kurdish letters after BGN/PCGN 2007."""

HEBREW: Mapping[str, str] = _paired(
    "א=A ב=B ג=g ד=d ה=h ו=W וו=W ז=z ח=x ט=t י=Y יי=Y כ=K ך=K ל=l מ=m ם=m נ=n ן=n ס=s ע=` פ=P ף=P "
    "צ=c ץ=c ק=k ר=r ש=X ת=t ג'=j ז'=Z צ'=C ץ'=C ת'=8 ד'=9 ג׳=j ז׳=Z צ׳=C ץ׳=C ת׳=8 ד׳=9 טש=C "
    "װ=W ױ=WY ײ=Y"
)
"""Source: Academy of the Hebrew Language, rules of 2006 (BGN/PCGN 2018), letters without points."""

GEORGIAN: Mapping[str, str] = _paired(
    "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=Z რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=G "
    "ყ=q შ=S ჩ=C ც=c ძ=D წ=c ჭ=C ხ=x ჯ=j ჰ=h"
)
"""Source: national system of 2002 (BGN/PCGN 2009)."""

GREEK: Mapping[str, str] = _paired(
    "α=a β=v γ=G δ=9 ε=e ζ=z η=i θ=8 ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=x "
    "ψ=ps ω=o ου=u ού=u αι=e ει=i οι=i μπ=b ντ=d γκ=g τζ=D"
)
"""Source: ISO 843:1997, with the digraphs as they are spoken."""

LATIN: Mapping[str, str] = _paired(
    "a=a b=b c=1 d=d e=e f=f g=g h=h i=i j=J k=k l=l m=m n=n o=o p=p q=q r=r s=s t=t u=u v=v w=w "
    "x=ks y=Y z=z "
    "sh=S sch=S ch=C tch=C tsch=C kh=x gh=G zh=Z dzh=j dj=j dz=D ts=c tz=c "
    "shch=SC tsh=tS szcz=SC sz=S cz=C ph=f th=8 dh=9 ck=k qu=kW ee=i oo=u ou=u eau=o "
    "ə=E ä=E æ=e ı=I ö=O ø=O œ=O ü=U å=o ğ=G ş=S ș=S š=S ç=C č=C ć=C ž=Z ż=Z ź=Z ś=S đ=j ð=9 þ=8 "
    "ĸ=k ł=l ñ=n ň=n ń=n ß=s ħ=h ţ=c ț=c ř=r ẋ=x ʻ= ʼ="
)
"""European orthographies together; a letter read differently in several is a doubtful sound.

Source: ISO 9:1995 for the letters with hachek; spelling rules of each language otherwise.
"""

AZERBAIJANI: Mapping[str, str] = _paired("c=j j=Z q=g x=x")
"""Read so in a Latin name that shows an Azerbaijani or Turkish letter.

Source: Azerbaijani Latin alphabet of 1992; BGN/PCGN 1993. Turkish shares c, j and the hard h.
"""

EVERY_SCRIPT: Mapping[str, str] = {
    **ARMENIAN,
    **CYRILLIC,
    **ARABIC,
    **HEBREW,
    **GEORGIAN,
    **GREEK,
    **LATIN,
}
"""All tables in one: a single letter of another script inside a word is read as what it is."""

FIRST: Mapping[str, str] = {**ARMENIAN_FIRST, **CYRILLIC_FIRST, "x": "x"}
"""Spellings read otherwise at the beginning of a word; a Latin x begins no word as `ks`."""
