import codecs
import subprocess
from shutil import which

import pytest

from repatria.lists.reading import UnreadableFileError, open_list_file
from repatria.lists.reading.armscii import decode_armscii

AZERBAIJANI = [
    ["Soyadı", "Adı", "Ata adı", "Qeyd"],
    ["Şirməmmədov", "Gülağa", "Çingiz", "yoxdur"],
    ["Əlövsətov", "Uğur", "İlham", "sağ"],
]
TURKISH = [["Name", "Note"], ["Şükrü Yağızoğlu", "İyi durumda"], ["Gülşen Işık", "çok iyi"]]
RUSSIAN = [["Фамилия", "Имя"], ["Мирошниченко", "Остап"], ["Щеглов", "Юлий"]]
ARABIC = [["الاسم", "اسم الأب"], ["سلمان الدرويش", "غالب"], ["هيثم الصباغ", "ثامر"]]
ARMENIAN = [["Ազգանուն", "Անուն"], ["Մարուդյան", "Սևակ"], ["Ղևոնդյան", "Տորոս"]]
HEBREW = [["Name", "Note"], ["עברית שם", "בריא"]]
FRENCH = [["Name", "Note"], ["Hélène Lefèvre", "déjà libérée"], ["Noël Garçon", "à l'hôpital"]]


@pytest.mark.parametrize(
    ("rows", "written_in", "found_as"),
    [
        (AZERBAIJANI, "utf-8", "utf-8"),
        (AZERBAIJANI, "utf-8-sig", "utf-8-sig"),
        (AZERBAIJANI, "utf-16", "utf-16"),
        (AZERBAIJANI, "utf-16-le", "utf-16-le"),
        (ARMENIAN, "utf-16-be", "utf-16-be"),
        (ARABIC, "utf-32", "utf-32"),
        (TURKISH, "cp1254", "cp1254"),
        (RUSSIAN, "cp1251", "cp1251"),
        (ARABIC, "cp1256", "cp1256"),
        (FRENCH, "cp1252", "cp1254"),
        (HEBREW, "cp1255", "cp1255"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (RUSSIAN, "cp866", "cp1125"),
    ],
)
# Where encodings give the same text any of them is right: French letters stand at the same
# places in 1252 and 1254, Russian ones in 866 and 1125.
def test_the_encoding_is_found_and_the_text_is_right(text_file, rows, written_in, found_as):
    path = text_file(rows, encoding=written_in)

    found = open_list_file(path)

    assert found.description.encoding == found_as
    assert [cells for _, cells in found.raw_rows()] == rows


def test_utf_16_with_a_mark_in_the_other_byte_order_is_read(tmp_path):
    path = tmp_path / "be.csv"
    path.write_bytes(codecs.BOM_UTF16_BE + "Անուն;Ազգանուն\r\nՍևակ;Մ".encode("utf-16-be"))
    assert open_list_file(path).description.rows == 1


def test_armscii_8_is_found_and_read(text_file):
    path = text_file(
        [[word.replace("և", "եւ") for word in row] for row in ARMENIAN], encoding="armscii-8"
    )
    found = open_list_file(path)
    assert found.description.encoding == "armscii-8"
    assert [row.record.names[0].family for row in found.rows()] == ["Մարուդյան", "Ղեւոնդյան"]


@pytest.mark.skipif(which("iconv") is None, reason="no iconv on this machine to compare with")
def test_armscii_8_is_what_another_implementation_says():
    letters = bytes(range(0xB2, 0xFE))
    told = subprocess.run(
        ["iconv", "-f", "ARMSCII-8", "-t", "UTF-8"], input=letters, capture_output=True, check=True
    )
    assert decode_armscii(letters)[0] == told.stdout.decode()


@pytest.mark.parametrize(
    "content",
    [
        "Name;Note\nՍևակ Մարուդյան;ա\n".encode() * 9 + b"Sevak\xff;b\n",
        "Name;Note\nСевак;а\n".encode("utf-16") + b"\x00",
        "Name;Note\nСевак;а\n".encode("utf-16") + b"\x00\xd8",
        b"Name;Note\n" + bytes(range(0x80, 0xA0)) * 3,
        b"Name;Note\n" + bytes(range(0x80, 0x100)),
    ],
)
def test_letters_that_cannot_be_decoded_with_certainty_are_refused(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        open_list_file(path)
    assert caught.value.code == "encoding-unknown"


def test_a_word_with_a_sign_in_it_is_not_believed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Name\nIoşif Barboş\n".encode("cp1250"))
    with pytest.raises(UnreadableFileError) as caught:
        open_list_file(path)
    assert caught.value.code == "encoding-unknown"


def test_a_long_file_is_judged_by_a_sample(text_file):
    rows = [["Фамилия", "Имя"], *[["Мирошниченко", "Остап"]] * 8000]
    found = open_list_file(text_file(rows, encoding="cp1251")).description
    assert (found.encoding, found.rows) == ("cp1251", 8000)


def test_other_names_of_encodings_stay_unknown():
    with pytest.raises(LookupError):
        codecs.lookup("armscii-9")


def test_the_place_of_a_damaged_byte_is_named(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Name\nՍևակ Մարուդյան\n".encode() + b"\xff\n")
    with pytest.raises(UnreadableFileError) as caught:
        open_list_file(path)
    assert caught.value.where == "list.csv, byte 34"


def test_words_that_fit_two_encodings_are_refused(tmp_path):
    # One byte, a capital in each of three alphabets: nothing tells which is meant.
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name\n\xc4\xc5\n")
    with pytest.raises(UnreadableFileError) as caught:
        open_list_file(path)
    assert caught.value.code == "encoding-unknown"
