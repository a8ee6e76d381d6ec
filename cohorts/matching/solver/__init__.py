"""The pairing solver: plain values in, plain values out, no database and no words for people.

Mentees and mentors are positions (0, 1, 2, …) in a score matrix; the caller keeps the names.
"""

from .compare import first_come, random_pairing
from .explain import Shortage, mutual_preferences, why_unplaced
from .limited import Move, Resolution, resolve
from .optimal import solve
from .prices import Price, price_of_move, price_of_swap
from .problem import InvalidProblem, Problem, Solution, evaluate

__all__ = [
    "InvalidProblem",
    "Move",
    "Price",
    "Problem",
    "Resolution",
    "Shortage",
    "Solution",
    "evaluate",
    "first_come",
    "mutual_preferences",
    "price_of_move",
    "price_of_swap",
    "random_pairing",
    "resolve",
    "solve",
    "why_unplaced",
]
