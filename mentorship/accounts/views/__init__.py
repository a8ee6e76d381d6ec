from . import acting, cards, mine, people, sign_in

__all__ = ["acting", "cards", "mine", "people", "sign_in"]
