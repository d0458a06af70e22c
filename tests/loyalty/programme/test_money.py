import pytest

from loyalty.programme.money import is_amount, is_money_key, promises_money


@pytest.mark.parametrize("key", ["cash", "Gift-Card", "gift card", "PAYOUT", "usd", "price", "money"])
def test_money_and_its_like_are_known_by_their_names(key: str) -> None:
    assert is_money_key(key)


@pytest.mark.parametrize("key", ["points", "worth", "yearly_value", "badge", "reward", "payments-page"])
def test_other_names_are_no_money(key: str) -> None:
    assert not is_money_key(key)


@pytest.mark.parametrize("text", ["$50", "50 €", "PLN 200", "200 zł", "5 000 원", "10 dollars"])
def test_an_amount_is_recognised(text: str) -> None:
    assert is_amount(text)


@pytest.mark.parametrize(
    "text", ["a gift card", "two vouchers", "cash prize for {name}", "karta podarunkowa", "상품권", "a bonus of $50"]
)
def test_a_promise_of_money_is_recognised(text: str) -> None:
    assert promises_money(text)


@pytest.mark.parametrize(
    "text", ["{name} planned $1,000,000 of revenue", "Cash-flow master", "A bonus round", "{account} gives credit"]
)
def test_words_about_money_that_promise_none_are_left_alone(text: str) -> None:
    assert not promises_money(text)
