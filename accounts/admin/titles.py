"""Filters of lists under names that say more than those of Django's and axes' columns."""


def titled(title: str, kind: type) -> type:
    """The filter `kind` of a column, under `title`."""

    class Titled(kind):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled
