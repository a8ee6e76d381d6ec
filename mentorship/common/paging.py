from django.core.paginator import Page, Paginator


def page_of(request, rows, per_page: int = 50) -> Page:
    """The page that `?page=` asks for; a number that is none shows the first, one too high the last."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
