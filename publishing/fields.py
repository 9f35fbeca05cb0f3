"""Model fields with a rule of their own."""

from django.db import models


class ProtectedManyToManyField(models.ManyToManyField):
    """Many-to-many field whose targets cannot be deleted while a record points to them.

    A plain one drops the link without a word: with a deleted organisation, who the partner was would be lost. In the
    database there is no difference, so migrations see a plain one.
    """

    def contribute_to_related_class(self, cls, related):
        super().contribute_to_related_class(cls, related)
        to_target = related.through._meta.get_field(self.m2m_reverse_field_name())
        to_target.remote_field.on_delete = models.PROTECT
        # The admin names the links that stand in the way of a deletion: by the record that points.
        related.through.__str__ = lambda link: str(getattr(link, self.m2m_field_name()))

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ManyToManyField", args, kwargs
