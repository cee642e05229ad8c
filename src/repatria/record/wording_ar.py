"""What does each sentence of a bulletin say in Arabic?

The same codes and values as in English. Counts stand after a colon, so that no
wording depends on the agreement of number and noun.
"""

from collections.abc import Mapping

ARABIC: Mapping[str, str] = {
    "title": "النشرة العلنية بتاريخ {issued_on}، الإصدار {version}",
    "issued": "صادرة عن {issued_by}، {issued_on}",
    "sources": "المصادر:",
    "closing": (
        "لا يُذكر هنا على أنه حدث إلا ما يؤكده إيصالا الطرفين. "
        "وكل رقم آخر هو قول المتحدث المذكور معه."
    ),
    "heading-confirmed": "ما يؤكده الإيصالان",
    "heading-health": "الحالة الصحية قبل السفر",
    "heading-claimed": "ما قيل",
    "heading-remaining": "من بقي",
    "heading-disagreements": "مواضع اختلاف المتحدثين",
    "heading-apart": "يُعرض على حدة: لا يعترف به الطرف المحتجِز",
    "released": (
        "الأشخاص الذين أفرج عنهم {holder} وسُلِّموا إلى {to_party} بتاريخ {on} ({population}): "
        "{count}. إيصالا الطرفين يؤكدان كل واحد منهم."
    ),
    "named": "أسماء من وافقوا على ذكرها، بعد إبلاغ أسرهم: {names}.",
    "one-receipt": (
        "وقّع طرف واحد فقط عن: {count} (من {holder} إلى {to_party}، {on}، {population}). "
        "لا تقول هذه النشرة إنهم عبروا."
    ),
    "nothing-confirmed": "لا يوجد عبور يؤكده إيصالا الطرفين.",
    "health-fit": "خلص {speaker} بتاريخ {on} إلى أن جميع من في القائمة قادرون صحياً على السفر.",
    "health-not-all-fit": (
        "خلص {speaker} بتاريخ {on} إلى أن بعض من في القائمة غير قادرين صحياً على السفر."
    ),
    "announced": (
        "أعلن {speaker} ({via}، {said_on})، من {holder} إلى {to_party}: {count}. "
        "إيصالا الطرفين لا يؤكدان ذلك."
    ),
    "announced-and-done": (
        "أعلن {speaker} ({via}، {said_on})، من {holder} إلى {to_party}: {count}. "
        "وإيصالا الطرفين يؤكدان: {confirmed}."
    ),
    "counted": "العدد بحسب {speaker} ({via}، {said_on}): {count}.",
    "counted-otherwise": (
        "العدد بحسب {speaker} ({via}، {said_on}): {count}. وإيصالا الطرفين يؤكدان: {confirmed}."
    ),
    "held": "المحتجزون لدى {holder} بحسب {speaker} ({via}، {when}): {count}.",
    "missing": "المفقودون بحسب {speaker} ({via}، {when})، {population}: {count}.",
    "remaining": "الباقون لدى {holder} بحسب {speaker} ({via}، {when}): {count}.",
    "remaining-derived": (
        "رقم مستنتج لم يحصه أحد؛ الباقون لدى {holder}: {count}. وهو {held} بحسب {speaker}، "
        "ناقصاً الواردين في الإيصالين: {released}."
    ),
    "disagree-category": (
        "{left_speaker} ({left_said_on}): {left_count}. {right_speaker} ({right_said_on}): "
        "{right_count}. رقم واحد لفئات مختلفة من الأشخاص."
    ),
    "disagree-figure": (
        "{left_speaker} ({left_said_on}): {left_count}. {right_speaker} ({right_said_on}): "
        "{right_count}. القولان لا يتفقان."
    ),
    "disagree-direction": (
        "{left_speaker} ({left_said_on}): {left_count}. {right_speaker} ({right_said_on}): "
        "{right_count}. لا يتفقان على وجهة هؤلاء الأشخاص."
    ),
    "sum-fails": "أرقام {speakers} لا يستقيم جمعها: {arithmetic}.",
    "same-number": (
        "{left_count} ({left_speaker}، {left_said_on}) و{right_count} ({right_speaker}، "
        "{right_said_on}) يخصان أشخاصاً مختلفين؛ وليسا رقماً واحداً."
    ),
    "stale": (
        "{right_count}، كرره {right_speaker} بتاريخ {right_said_on}، وكان أول من ذكره "
        "{left_speaker} بتاريخ {left_said_on}، وقد تجاوزته الأحداث منذ ذلك الحين."
    ),
    "answer-changed": (
        "قال {left_speaker}: {left_count} بتاريخ {left_said_on}، ثم {right_count} بتاريخ "
        "{right_said_on}."
    ),
    "apart": (
        "يقوله {speaker} ({via}، {when}) ولا يعترف به {holder}: {count}. لا يضاف إلى أي رقم آخر."
    ),
    "apart-within": (
        "يذكر {speaker} ({via}، {when}): {count}. في هذا المجموع أشخاص لا يعترف بهم "
        "{holder}؛ ولا يُستنتج منه شيء."
    ),
    "table-confirmed": "حالات العبور التي يؤكدها الإيصالان",
    "table-claims": "الأقوال ومتحدثوها",
    "column-on": "اليوم",
    "column-population": "أشخاص أي طرف",
    "column-holder": "المسلِّم",
    "column-to_party": "المستلِم",
    "column-count": "الرقم",
    "column-handed_over": "إيصال التسليم",
    "column-received": "إيصال الاستلام",
    "column-said_on": "تاريخ القول",
    "column-speaker": "المتحدث",
    "column-via": "أين",
    "column-measure": "ما يُعدّ",
    "column-claim": "القول",
    "label-measure-held": "محتجزون",
    "label-measure-announced": "سيعبرون، بحسب الإعلان",
    "label-measure-moved": "عبروا، بحسب القول",
    "label-measure-remaining": "باقون",
    "label-measure-unacknowledged": "محتجزون دون اعتراف",
    "label-measure-missing": "مفقودون",
    "label-measure-listed": "مدرجون في قائمة، بحسب القول",
    "label-measure-other": "عدد من نوع آخر",
    "bound-exactly": "{value}",
    "bound-about": "نحو {value}",
    "bound-at_least": "{value} على الأقل",
    "bound-at_most": "{value} على الأكثر",
    "quoted": "{number} «{of}»",
    "label-unsaid": "(لم يُذكر)",
}
