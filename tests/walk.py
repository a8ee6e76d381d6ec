"""Every address of the site, found by walking the URL configuration."""

from django.urls import URLPattern, URLResolver, get_resolver


def patterns():
    """Pairs (full name such as "people:register", view); the admin's own are left to its own tests."""
    return ((name, view) for name, _route, view in entries())


def entries(resolver=None, namespaces=(), before="/"):
    """(full name, address with its arguments in angle brackets, view)."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin" or entry.app_name == "admin":
                continue
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from entries(entry, inner, route)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or "?"]), route, entry.callback
