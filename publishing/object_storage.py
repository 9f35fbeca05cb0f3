"""Uploads in object storage: a bucket that nobody but the portal may read.

Whether somebody may see a file follows from its record (`coopportal.views.media`), so its address is the portal's,
never the bucket's, also not for a short time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import urljoin

from botocore.exceptions import ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):
    """Files in a bucket, as `FileSystemStorage` has them in a folder: the same addresses, the same exceptions."""

    def url(self, name: str, *args, **kwargs) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def get_modified_time(self, name: str) -> datetime:
        with _file_not_found(name):
            return super().get_modified_time(name)

    def streamed(self, name: str) -> tuple[BinaryIO, int]:
        """The file, read as it comes, and its size in bytes: nothing of it is kept here, and one cannot go back."""
        with _file_not_found(name):
            answer = self.bucket.Object(self._normalize_name(name)).get()
        return answer["Body"], answer["ContentLength"]


@contextmanager
def _file_not_found(name: str) -> Iterator[None]:
    """Raises FileNotFoundError for what is not in the bucket."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND:
            raise FileNotFoundError(name) from error
        raise
