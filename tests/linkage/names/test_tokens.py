"""A name falls into parts, and each part shows what it is."""

import pytest

from repatria.linkage.names import TokenRole, name_tokens
from repatria.terms import PersonName


def sounds(text, **more):
    return [token.sound for token in name_tokens(PersonName(text=text), **more)]


def patronymics(text, **more):
    tokens = name_tokens(PersonName(text=text), **more)
    return [token.sound for token in tokens if token.role is TokenRole.PATRONYMIC]


@pytest.mark.parametrize(
    ("text", "father"),
    [
        ("Арен Каренович Варданян", "karen"),
        ("Варданян Арен Каренович", "karen"),
        ("Ковалёва Нина Сергеевна", "ser6e"),
        ("Лiдiя Олександрiвна Басова", "oleksandr"),
        ("Леанід Вячаслававіч Давідовіч", "vyaCaslav"),
        ("Баханович Иван Петрович", "petr"),
        ("Aren Karenovich Vardanyan", "karen"),
        ("Aren Karenoviç Vardanyan", "karen"),
        ("Nadia Sergeyevna Koval", "serge"),
        ("Արեն Կարենի Վարդանյան", "karen"),
        ("Aren Karen oğlu Vardanyan", "karen"),
        ("Лейла Самир кызы", "samir"),
        ("არენ კარენოვიჩი ვარდანიანი", "karen"),
    ],
)
def test_a_patronymic_is_known_by_its_ending_and_gives_the_fathers_name(text, father):
    assert patronymics(text) == [father]


@pytest.mark.parametrize(
    "text", ["Иван Баханович", "Մարի Վարդանյան", "Karen Vardanyan", "Петрович"]
)
def test_an_ending_shows_no_father_in_a_name_of_two_parts(text):
    assert patronymics(text) == []


def test_an_ending_without_a_stem_is_a_name():
    assert patronymics("Anna Ovich Sel") == []


def test_a_fathers_name_given_apart_becomes_the_patronymic():
    assert patronymics("Samir Haddad", father="Omar") == ["omar"]
    assert sounds("Samir Haddad", father="Omar") == ["samir", "hadad", "omar"]


def test_a_fathers_name_given_apart_marks_the_part_that_already_says_it():
    assert sounds("Samir Omar Haddad", father="Omar") == ["samir", "hadad", "omar"]
    assert patronymics("Samir Omar Haddad", father="Omar") == ["omar"]


def test_a_fathers_name_that_two_parts_repeat_is_added():
    assert sounds("Omar Omar", father="Omar") == ["omar", "omar", "omar"]


def test_a_shown_patronymic_is_not_doubled_by_one_given_apart():
    assert patronymics("Арен Каренович Варданян", father="Карен") == ["karen"]


def test_a_patronymic_column_is_used_and_a_lone_initial_there_is_not():
    name = PersonName(text="Samir Haddad", patronymic="Omar")
    assert [token.sound for token in name_tokens(name)] == ["samir", "hadad", "omar"]
    assert patronymics("Samir Haddad", father="O.") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Samir Abdel Rahman", "Samir Abdelrahman"),
        ("سمير عبد الرحمن", "سمير عبدالرحمن"),
        ("Samir Abu Omar", "Samir Abuomar"),
        ("Samir al-Haddad", "Samir Haddad"),
        ("سمير الحداد", "سمير حداد"),
        ("Izz al-Din Haddad", "Izzaldin Haddad"),
        ("Samir bin Omar Haddad", "Samir Omar Haddad"),
        ("Haddad, Samir", "Haddad Samir"),
        ("Dr. Samir Haddad", "Samir Haddad"),
        ("Ian Mc Gregor", "Ian McGregor"),
        ("Abdul al Rahman Haddad", "Abdulalrahman Haddad"),
        ("Anne-Marie Sel", "Anne Marie Sel"),
    ],
)
def test_particles_are_joined_or_dropped(one, other):
    assert [s.replace("k", "1") for s in sounds(one)] == [
        s.replace("k", "1") for s in sounds(other)
    ]


def test_abd_before_abu_is_a_name_of_its_own():
    assert len(sounds("Samir Abd Abu Omar")) == 3


def test_a_particle_that_is_all_there_is_stays():
    assert sounds("Al Sel") == ["al", "sel"]
    assert sounds("Abd") == ["abd"]
    assert sounds("Din") == ["din"]
    assert sounds("Dr") == ["dr"]


def test_a_lone_letter_is_an_initial():
    roles = [token.role for token in name_tokens(PersonName(text="Aren K. Vardanyan"))]

    assert roles == [TokenRole.NAME, TokenRole.INITIAL, TokenRole.NAME]


@pytest.mark.parametrize(
    ("written", "letter"),
    [
        ("Дж. Тестян", "j"),
        ("SH. Testyan", "S"),
        ("סי. טסטיאן", "1"),
        ("דבליו. טסטיאן", "w"),
        ("تستیان دبلیو.", "w"),
        ("إم. تستيان", "m"),
    ],
)
def test_a_letter_of_several_signs_or_spelt_out_is_an_initial_before_a_full_stop(written, letter):
    tokens = name_tokens(PersonName(text=written))

    assert [t.sound for t in tokens if t.role is TokenRole.INITIAL] == [letter]
    assert all(t.text in written for t in tokens)


@pytest.mark.parametrize(
    "written", ["Sh Testyan", "אל טסטיאן", "ام تستیان", "Ali Din.", "في تستيان"]
)
def test_without_a_full_stop_it_is_a_word(written):
    assert all(t.role is not TokenRole.INITIAL for t in name_tokens(PersonName(text=written)))


def test_scripts_that_leave_vowels_out_are_marked():
    assert [t.vowels_unwritten for t in name_tokens(PersonName(text="سمير Haddad"))] == [
        True,
        False,
    ]


def test_a_name_without_a_known_letter_has_no_parts():
    assert sounds("李 123") == []


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("(політик) Майк Лі", ["Майк", "Лі"]),
        ("Anna Modelyan (Petrova)", ["Anna", "Modelyan", "Petrova"]),
        ("anna modelyan (petrova)", ["anna", "modelyan", "petrova"]),
        ("(unknown)", ["unknown"]),
        ("Aram ((soldier Testyan", ["Aram", "soldier", "Testyan"]),
    ],
)
def test_a_note_in_brackets_is_no_part_of_a_name_and_a_maiden_name_is(written, parts):
    assert [token.text for token in name_tokens(PersonName(text=written))] == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Sergeant Aram Modelyan", ["Aram", "Modelyan"]),
        ("рядовой Модельян Арам", ["Модельян", "Арам"]),
        ("ст. лейтенант Модельян Арам Левонович", ["Модельян", "Арам", "Левонович"]),
        ("ավագ լեյտենանտ Մոդելյան Արամ", ["Մոդելյան", "Արամ"]),
        ("Çavuş Modelov Aram", ["Modelov", "Aram"]),
        ("النقيب سامر محمود", ["سامر", "محمود"]),
        ("Aram Major", ["Aram", "Major"]),
        ("Senior Modelyan Aram", ["Senior", "Modelyan", "Aram"]),
        ("Aram Modelyan Captain", ["Aram", "Modelyan", "Captain"]),
    ],
)
def test_a_rank_before_a_name_is_no_part_of_it(written, parts):
    assert [token.text for token in name_tokens(PersonName(text=written))] == parts
