"""What the lookup `words` needs and SQLite has to be taught."""

from richtext.plain import plain_text


def teach(connection, **kwargs) -> None:
    """Add the function to a new `connection`, if it is one to SQLite: receiver of Django's `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("richtext_words", 1, words, deterministic=True)


def words(html: str | None) -> str | None:
    """The words of a rich text; NULL stays NULL."""
    return html and plain_text(html)
