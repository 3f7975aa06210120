"""Pages of the API."""

from rest_framework.pagination import CursorPagination


class StableCursorPagination(CursorPagination):
    """By cursor, so that pages neither skip nor repeat rows while others write."""

    ordering = "-pk"
    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
