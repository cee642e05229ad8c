"""Which words before a name are a military rank and no part of it?

Such as are common names as well are left out (Raid, Asgar), since a rank is told from a
name by the word alone.
"""

RANKS = (
    # English
    "private corporal sergeant lieutenant captain major colonel general brigadier sgt cpl pvt capt "
    "lt ltc soldier conscript "
    # Russian, Ukrainian, Belarusian
    "рядовой рядовий радавы ефрейтор єфрейтор сержант сяржант старшина прапорщик лейтенант "
    "капитан капітан майор маёр подполковник підполковник полковник палкоўнік генерал солдат "
    "матрос "
    # Azerbaijani, Turkish
    "sıravi çavuş gizir leytenant kapitan mayor polkovnik podpolkovnik onbaşı teğmen üsteğmen "
    "yüzbaşı binbaşı yarbay albay "
    # Armenian, Georgian
    "շարքային սերժանտ ենթասպա լեյտենանտ կապիտան մայոր փոխգնդապետ գնդապետ գեներալ զինվոր "
    "რიგითი კაპრალი სერჟანტი ლეიტენანტი კაპიტანი მაიორი პოლკოვნიკი "
    # Arabic, Persian, Hebrew
    "الجندي المجند العريف الرقيب الملازم النقيب الرائد المقدم العقيد العميد "
    "سرباز گروهبان ستوان سروان سرگرد سرهنگ טוראי סמל סגן סרן"
)
"""Words with spaces between them."""

GRADES = (
    "senior junior staff first second старший младший старшый малодшы молодший ст мл ավագ կրտսեր "
    "baş kiçik უფროსი უმცროსი"
)
"""What comes before a rank and belongs to it."""
