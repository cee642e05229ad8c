"""Which forms are there, and in which languages?"""

FORMS = ("capture-card", "tag", "death-notice", "repatriation-certificate")
LANGUAGES = ("en", "ru", "uk", "hy", "az", "ar")
MOST_LANGUAGES = 3
