"""Words inside an instant: months, and what says morning or afternoon, in the languages of the platforms."""

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",  # English
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",  # Polish
    "jän feb mär apr mai juni juli aug sep okt nov dez",  # German
    "janv févr mars avri mai juin juil août sept octo nove déce",  # French
    "ene feb mar abr may jun jul ago sep oct nov dic",  # Spanish
    "jan fev mar abr mai jun jul ago set out nov dez",  # Portuguese
    "gen feb mar apr mag giu lug ago set ott nov dic",  # Italian
    "jan feb maa apr mei jun jul aug sep okt nov dec",  # Dutch
    "jan fév mrz avr mai jun jul aoû sep oct nov déc",  # what abbreviations add
)
_BY_BEGINNING = {word: number for words in _MONTHS for number, word in enumerate(words.split(), 1)}

MORNING = frozenset({"am", "a", "오전", "午前", "上午", "vorm", "öö", "πμ", "sa", "ص"})
AFTERNOON = frozenset({"pm", "p", "오후", "午後", "下午", "nachm", "ös", "μμ", "ch", "م"})
# What may stand between a date and its time, or behind it.
BETWEEN = frozenset({"", "um", "uhr", "at", "o", "à", "alas", "às", "alle", "om", "kl", "klo", "t"})


def month_of(word: str) -> int | None:
    """The month's number by the first four or three letters of its name; None where it is no month."""
    word = word.casefold()
    return _BY_BEGINNING.get(word[:4]) or _BY_BEGINNING.get(word[:3])
