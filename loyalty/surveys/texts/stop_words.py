"""Words that name no theme, by language: as they are written, or by their lemma."""

_ENGLISH = """
a about above after again all almost also always am an and any are as at be because been before being below
between both but by can cannot could did do does doing don down during each even ever every few for from further
get give go good great had has have having he her here hers him his how i if in into is it its itself just know
least less let like lot make many may me might more most much must my need never no nor not now of off often ok
on once one only or other our ours out over own please put quite rather really same see seem she should so some
something sometimes still such take than that the their them then there these they thing think this those though
through to too try two under until up us use very want was way we well were what when where which while who why
will with would yes yet you your yours isn t s re ve ll d m doesn didn won wouldn couldn shouldn wasn weren
haven hasn hadn
"""

_POLISH = """
a aby albo ale ani aż bardzo bez bo brak być by był była było były będzie będą chcieć chyba ci cię co coś czasem
czasami często czy czyli czym dla dlaczego dlatego do dobry dobrze dość gdy gdyby gdzie go i ich ile im inny iż
ja jak jakby jaki jako je jeden jednak jego jej jest jestem jeszcze jeśli jeżeli już każdy kiedy kilka kto który
która które lub ma mam mamy mi mieć mnie mną mój móc można mu musieć my na nad nam nami nas nasz natomiast nawet
nic nich nie nigdy nim niż no nowy o obok od ok on ona one oni ono oraz po pod ponieważ potem powinien poza
prawie przed przede przez przy raczej raz sam są się swój ta tak taki także tam te tego tej ten teraz też to
tobie trochę trzeba tu tutaj twój ty tylko tym u w was wam we według wiele więc więcej wszystko wszystek wszyscy
właśnie z za zawsze ze zbyt że żeby
"""

_KOREAN = """
가장 같다 같은 같이 거 것 경우 계속 그 그것 그냥 그래서 그런 그리고 그런데 나 너무 너희 내 네
누구 늘 다 다른 다시 더 되다 되어 된 될 들 등 따라 때 때문 또 또는 많다 많은 많이 매우 모두
모든 못 및 바로 반드시 번 보다 보고 뿐 사용 수 아니다 아주 안 않다 알다 어디 어떤 언제 없다 여기
여러 오다 왜 우리 이 이것 이다 이런 있는 있다 있습니다 있어요 자주 잘 저 저희 전혀 점 정말 제
조금 좀 좋다 좋아요 좋습니다 좋은 주다 중 지금 진짜 참 하나 하다 하지만 하고 하는 한 할 함께 항상
해서 해요 합니다 했습니다 했어요 그렇다 이렇다 싶다 가다 보이다 만들다
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "pl": frozenset(_POLISH.split()),
    "ko": frozenset(_KOREAN.split()),
}
