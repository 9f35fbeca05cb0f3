"""How much the public finds: counted when somebody asks."""

from collections.abc import Iterator

from django.apps import apps
from django.db import Error
from prometheus_client.core import GaugeMetricFamily, Metric

from engagements.models import Engagement
from engagements.tallies.reading import Scope
from publishing.models import Publishable


class PublishedRecords:
    """Collects `portal_published_records` by kind, and whether the database answered."""

    def collect(self) -> Iterator[Metric]:
        records = GaugeMetricFamily("portal_published_records", "Records that the public finds", labels=["kind"])
        up = GaugeMetricFamily("portal_database_up", "Whether the database answers (1) or not (0)")
        try:
            for model in apps.get_models():
                if issubclass(model, Publishable):
                    records.add_metric([model._meta.model_name], _number(model))
            up.add_metric([], 1)
        except Error:
            records.samples.clear()
            up.add_metric([], 0)
        yield records
        yield up

    def describe(self) -> list[Metric]:
        return []  # so that registering it asks no database


def _number(model: type[Publishable]) -> int:
    if model is Engagement:  # there may be a million, and their number is kept
        return Scope().figures(of_records=[])["engagements"]
    return model.objects.published().count()
