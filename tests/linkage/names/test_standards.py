"""One name, as each standard of romanisation and each habit of passport offices writes it.

Every pair is one made-up person among sixty strangers on each side: the list of a ministry
that follows one standard must meet that of another.
"""

import pytest

from named_people import people
from repatria.linkage import Decision, match_lists

ROMANISED = (
    # Armenian: Ծատուր Խաչիկի Ղուկասյան, Ջիվան Չոբանյան, Հրաչյա Օհանջանյան
    ("ISO 9985:1996", "Ծատուր Խաչիկի Ղուկասյան", "Çatowr Xačiki Ġowkasyan"),
    ("BGN/PCGN 1981", "Ծատուր Խաչիկի Ղուկասյան", "Tsatur Khach’iki Ghukasyan"),
    ("ALA-LC, eastern", "Ծատուր Խաչիկի Ղուկասյան", "Tsatur Khachʻiki Ghukasyan"),
    ("ALA-LC, western", "Ծատուր Խաչիկ Ղուկասեան", "Dzadur Khachʻig Ghugasean"),
    ("passports of Armenia", "Ծատուր Խաչիկի Ղուկասյան", "Tsatur Khachiki Ghukasyan"),
    ("through Russian", "Ծատուր Խաչիկի Ղուկասյան", "Tsatur Khachikovich Gukasyan"),
    ("classical spelling", "Յովհաննէս Յակոբեան", "Hovhannes Hakobyan"),
    ("reformed spelling", "Հովհաննես Հակոբյան", "Յովհաննէս Յակոբեան"),
    ("classical spelling, islands", "Գէորգ Սարգսեանց", "Գևորգ Սարգսյանց"),
    # Russian
    ("BGN/PCGN 1947", "Евгений Юрьевич Жёлтышев", "Yevgeniy Yur’yevich Zhëltyshev"),
    ("ISO 9:1995", "Евгений Юрьевич Жёлтышев", "Evgenij Ûrʹevič Žëltyšev"),
    ("GOST 7.79-2000 B", "Евгений Юрьевич Жёлтышев", "Evgenij Yur`evich Zhyoltyshev"),
    ("ALA-LC", "Евгений Юрьевич Жёлтышев", "Evgeniĭ I͡Urʹevich Zheltyshev"),
    ("ICAO 9303, passports from 2013", "Евгений Юрьевич Жёлтышев", "Evgenii Iurevich Zheltyshev"),
    (
        "passports of the Soviet Union, French",
        "Евгений Юрьевич Жёлтышев",
        "Evgueni Iourievitch Jeltychev",
    ),
    ("German practice", "Евгений Юрьевич Жёлтышев", "Jewgenij Jurjewitsch Scholtyschew"),
    # Ukrainian, Belarusian, Bulgarian
    ("national 2010, BGN/PCGN 2019", "Юрій Григорович Згурський", "Yurii Hryhorovych Zghurskyi"),
    ("ALA-LC", "Юрій Григорович Згурський", "I͡Uriĭ Hryhorovych Zhursʹkyĭ"),
    ("BGN/PCGN 1979", "Уладзімір Міхайлавіч Шчарбакоў", "Uladzimir Mikhaylavich Shcharbakow"),
    ("national 2007", "Уладзімір Міхайлавіч Шчарбакоў", "Uladzimir Michajlavič Ščarbakoŭ"),
    ("law of 2009", "Цветан Щерев Желязков", "Tsvetan Shterev Zhelyazkov"),
    # Georgian
    ("national 2002", "ჟუჟუნა ღვინიაშვილი", "Zhuzhuna Ghviniashvili"),
    ("ISO 9984:1996", "ჟუჟუნა ღვინიაშვილი", "Žužuna Ḡviniašvili"),
    ("ALA-LC", "ჭაბუკ ყიფიანი", "Čabuk Qipʻiani"),
    ("national 2002", "ჭაბუკ ყიფიანი", "Ch’abuk’ Q’ipiani"),
    # Arabic
    ("BGN/PCGN 1956", "جمال خليل الشريف", "Jamāl Khalīl ash Sharīf"),
    ("ISO 233-2:1993", "جمال خليل الشريف", "Ǧamāl Ḫalīl al-Šarīf"),
    ("ALA-LC", "جمال خليل الشريف", "Jamāl Khalīl al-Sharīf"),
    ("passports of the Maghreb", "جمال خليل الشريف", "Djamel Khelil Cherif"),
    ("passports of Egypt", "جمال خليل الشريف", "Gamal Khalil El Sherif"),
    # Persian
    ("BGN/PCGN 1958", "هوشنگ ژاله چراغی", "Hūshang Zhāleh Cherāghī"),
    ("ALA-LC", "هوشنگ ژاله چراغی", "Hūshang Zhālah Chirāghī"),
    # Hebrew
    ("Academy 2006", "צבי חיים שפירא", "Tsvi Hayim Shapira"),
    ("ALA-LC", "צבי חיים שפירא", "Tsevi Ḥayim Shapira"),
    ("ISO 259-2", "צבי חיים שפירא", "Ẓvi Ḥaim Šapira"),
    ("passports", "צבי חיים שפירא", "Zvi Chaim Shapira"),
    # Azerbaijani
    (
        "Latin of 1992, Cyrillic of 1958",
        "Ҹавид Әлиҹан оғлу Ҝүлмәммәдов",
        "Cavid Əlican oğlu Gülməmmədov",
    ),
    (
        "BGN/PCGN 1993 of Cyrillic",
        "Ҹавид Әлиҹан оғлу Ҝүлмәммәдов",
        "Javid Älijan oghlu Gülmämmädov",
    ),
    (
        "passports before 1992, through Russian",
        "Cavid Əlican oğlu Gülməmmədov",
        "Dzhavid Alidzhan ogly Gyulmamedov",
    ),
    ("Perso-Arabic", "Cavid Gülməmmədov", "جاوید گل‌محمدوف"),
    ("Turkish practice", "Cavid Gülməmmədov", "Cavit Gülmemmedov"),
)

GIVEN = ("Sami", "Walid", "Ivan", "Petar", "Faris", "Rami", "Levon", "Ashot", "Adil", "Nino")
FAMILY = ("Hamdani", "Qasimi", "Kovalenko", "Talibi", "Beridze", "Petrosyan", "Orlov", "Cohen")


def strangers(side):
    return [
        f"{GIVEN[(at * 3 + side) % 10]} {FAMILY[(at * 5 + side * 3 + at // 8) % 8]}"
        for at in range(60)
    ]


@pytest.mark.parametrize(("standard", "native", "romanised"), ROMANISED)
def test_a_name_is_known_in_every_standard(standard, native, romanised):
    left = people("a", [native, *strangers(0)])
    right = people("b", [romanised, *strangers(5)])

    links = {
        (pair.left_id, pair.right_id)
        for pair in match_lists(left, right)
        if pair.decision is Decision.LINK
    }

    assert ("a000", "b000") in links, standard
