from . import acting, cards, factors, mine, people, second, sign_in

__all__ = ["acting", "cards", "factors", "mine", "people", "second", "sign_in"]
