"""Writes the golden documents: the text a person signs, and the file; run once for a format.

PYTHONPATH=src:tests python tests/golden/documents/write.py
"""

from pathlib import Path

from repatria.operations.document_text import plain_text
from signed import DOCUMENTS, signed_text

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    for kind, document in DOCUMENTS.items():
        (HERE / f"{kind}-1.txt").write_text(plain_text(document), "utf-8")
        signed = signed_text(document, *document.parties)
        (HERE / f"{kind}-1.dsse.json").write_text(signed, "utf-8")
