"""Laurels never pays money: how a programme that tries to is recognised.

Refused are a key from `MONEY_KEYS` where Laurels knows no such key, an amount of money where points are wanted, and
words that promise money or its like in a badge, a shoutout, a reward or a tier. A sum alone promises nothing ("a
million euros planned"), and neither does the name of a property or an event: these stay allowed.
"""

import re

NEVER = "Laurels never pays money"

MONEY_KEYS = frozenset(
    {
        "amount",
        "bonus",
        "bonuses",
        "budget",
        "cash",
        "cashback",
        "commission",
        "coupon",
        "coupons",
        "credit",
        "credits",
        "currency",
        "discount",
        "discounts",
        "eur",
        "euro",
        "euros",
        "fee",
        "gbp",
        "gift_card",
        "gift_cards",
        "giftcard",
        "giftcards",
        "krw",
        "money",
        "pay",
        "paycheck",
        "payment",
        "payments",
        "payout",
        "payouts",
        "pln",
        "price",
        "prize_money",
        "rebate",
        "refund",
        "salary",
        "usd",
        "voucher",
        "vouchers",
        "wage",
        "wages",
        "zloty",
    }
)

_SIGN = r"(?:[$€£¥₩]|\b(?:usd|eur|gbp|pln|krw|chf|jpy|zł|euros?|dollars?|pounds?))"
_AMOUNT = re.compile(rf"{_SIGN}\s?\d|\d\s?{_SIGN}|\d\s?(?:zł|원)", re.IGNORECASE)
_PROMISE = re.compile(
    r"gift[ -]?cards?\b|\bvouchers?\b|\bcash ?back\b|\bcash (?:prize|reward|bonus)|\bpay-?outs?\b"
    r"|\b(?:kart|bon)\w* (?:podarunkow|upominkow)\w*|\bpremi\w+ pieni\w+|상품권|캐시백|현금",
    re.IGNORECASE,
)
_PRIZE = re.compile(r"\b(?:bonus|prize|reward|credit|discount|rabat|nagrod\w*|premi\w*)\b|할인|상금", re.IGNORECASE)

_REDUCTION = re.compile(
    r"\d\s?%\s?(?:off\b|discount|rebate|rabat|zniżk|할인)|\b(?:discount|rebate|rabat|zniżk)\w*\s(?:of\s)?\d+\s?%"
    r"|\b(?:discount|coupon) codes?\b|\bcoupons?\b|\bstore credits?\b|\bmoney (?:off|back)\b"
    r"|\bkod\w* rabatow\w*|\bzwrot\w* pieni\w+|할인\s?\d+\s?%|쿠폰|환급",
    re.IGNORECASE,
)


def is_money_key(key: str) -> bool:
    """Return whether a key names money or its like, however it is spelt."""
    return key.lower().replace("-", "_").replace(" ", "_") in MONEY_KEYS


def is_amount(text: str) -> bool:
    """Return whether a text holds an amount of money, like $50 or 200 zł."""
    return bool(_AMOUNT.search(text))


def promises_money(text: str) -> bool:
    """Return whether a text promises money or its like: a gift card, or an amount beside a word for a prize."""
    return bool(_PROMISE.search(text)) or (is_amount(text) and bool(_PRIZE.search(text)))


def is_like_money(text: str) -> bool:
    """Return whether a reward of these words would be money or its like: a promise of it, or something off a price."""
    return promises_money(text) or bool(_REDUCTION.search(text))
