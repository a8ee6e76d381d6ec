"""Every address of the site, found by walking the URL configuration."""

from django.urls import URLPattern, URLResolver, get_resolver


def patterns(resolver=None, namespaces=()):
    """Pairs (full name such as "people:register", view); the admin's own are left to its own tests."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin" or entry.app_name == "admin":
                continue
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or "?"]), entry.callback
