"""Guests whose badges are hard to set, for the tests of layouts and rendering."""

from eventdesk.domain.badges import BadgeContents

ANNA = BadgeContents(
    ticket="t1",
    name="Anna Müller",
    company="Müller & Söhne Maschinenbau GmbH",
    product="Conference pass",
    variation="Two days",
    order="A7B3C",
    seat="12-4",
    event="PyDays Vienna 2026",
    code="ABCDEFGHJKLMNPQ23456789",
    addons=("Workshop", "Dinner"),
)
SIXTY_LETTERS = "Dr. Maximiliana-Theodora Freifrau von Hohenstein-Wallersdorf"
DIACRITICS = "Łukasz Żółć-Đặng"
CYRILLIC = "Дмитрий Щербаков"
GREEK = "Ελευθέριος Παπαδόπουλος"
CHINESE = "欧阳修明"
KANA = "高橋 サクラ"
KOREAN = "김민준"
ARABIC = "محمد بن عبد الله الحسيني"
HEBREW = "שרה כהן"
JAPANESE = "山田太郎"
EMOJI = "Zoë 👩‍👩‍👧‍👦 👍🏽 🇩🇪"
DEVANAGARI = "प्रिया शर्मा"
THAI = "สมชาย ใจดี"
MIXED = "אבי Smith"
assert len(SIXTY_LETTERS) == 60
