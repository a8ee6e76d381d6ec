"""The doors of pages: what `@page` and `@require_POST` made of a view, how one door is opened, and how it says that somebody
came by."""

import types

PASSED: set[int] = set()  # guards that the test under way has come by, as numbers of `every_mutant`


def gates(func, request_method_list):
    """Two codes for what `@require_POST` makes of one view. Its list of methods is one for all views, so it is left alone."""

    def any_method(request, *args, **kwargs):
        request_method_list  # noqa: B018 the closure keeps its shape
        return func(request, *args, **kwargs)

    def noted(request, *args, **kwargs):
        request_method_list  # noqa: B018
        return _asked_(func)(request, *args, **kwargs)  # noqa: F821 `asked`, put into Django's module

    return any_method.__code__, noted.__code__


ANY_METHOD, NOTED_METHODS = gates(None, None)
GATES: dict = {}


class Noted:
    """A policy that says of which pages it was asked."""

    def __init__(self, policy, numbers: set[int]):
        self.policy, self.numbers = policy, numbers

    def __getattr__(self, name):
        PASSED.update(self.numbers)
        return getattr(self.policy, name)


def note_methods(gate: types.FunctionType, numbers: set[int]) -> None:
    """What `@require_POST` made of a view says that it was asked, and does as before."""
    before = types.FunctionType(gate.__code__, gate.__globals__, gate.__name__, gate.__defaults__, gate.__closure__)
    inside = gate.__closure__[gate.__code__.co_freevars.index("func")].cell_contents
    GATES[inside] = numbers, before
    gate.__globals__["_asked_"] = asked
    gate.__code__ = NOTED_METHODS


def asked(inside) -> types.FunctionType:
    numbers, before = GATES[inside]
    PASSED.update(numbers)
    return before


def inner_of(view):
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def holder_of(view, name: str) -> types.FunctionType:
    """This view, or the one that it wraps, whose closure has the variable."""
    while view is not None:
        if name in view.__code__.co_freevars:
            return view
        view = getattr(view, "__wrapped__", None)
    raise LookupError(name)


def cell_of(view, name: str):
    holder = holder_of(view, name)
    return holder.__closure__[holder.__code__.co_freevars.index(name)]
