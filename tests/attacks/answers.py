"""What came as an answer."""

from django.http import HttpResponse


def body(response: HttpResponse) -> bytes:
    """The whole content. A file that is not read to its end would stay open.

    Not `response.close()`: it would end the connection to the database, and with it the transaction of the test.
    """
    return b"".join(response.streaming_content) if response.streaming else response.content
