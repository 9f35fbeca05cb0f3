"""Kinds of values that many records have: texts, rich texts, values of code lists, dates as exact as they are known."""

from django.db.models import QuerySet
from rest_framework import serializers

from api.serializers.base import PartSerializer
from codelists.models import DeliveryMode, Language, SustainableDevelopmentGoal
from engagements import dates
from engagements.dates import Precision
from engagements.models import Engagement, EngagementStaff
from multilingual.text import in_language
from organisations.models import Organisation
from programmes.models import Programme
from richtext.plain import plain_text
from richtext.sanitising import allowed


class TextField(serializers.CharField):
    """A text that may be missing: then it is null, never empty."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value) -> str | None:
        return str(value) or None


class LinkField(serializers.URLField):
    """An address on the web that may be missing: then it is null, never empty."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value) -> str | None:
        return str(value) or None


class HtmlField(serializers.CharField):
    def to_representation(self, value) -> str:
        return allowed(value)


class PlainField(serializers.CharField):
    def to_representation(self, value) -> str:
        return plain_text(value)


class RichTextSerializer(PartSerializer):
    """A text with structure, twice: as HTML and in plain words."""

    html = HtmlField(
        source="*",
        read_only=True,
        help_text="HTML with the elements p, br, strong, em, h3, h4, ul, ol, li, blockquote and a, and nothing else.",
    )
    text = PlainField(
        source="*", read_only=True, help_text="The same in plain words; an empty line between paragraphs."
    )

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        return super().to_representation(value) if value else None


# Values of a list, each with its code and its name


class LabelField(serializers.CharField):
    """The name of a value of `choices`, in the language of the answer."""

    def __init__(self, choices, **kwargs):
        super().__init__(source="*", read_only=True, help_text="Name of it, in the language of the answer.", **kwargs)
        self.labels = dict(choices)

    def to_representation(self, value) -> str:
        return str(self.labels[value])


class EngagementKindSerializer(PartSerializer):
    """The kind of an engagement."""

    code = serializers.ChoiceField(
        Engagement.Kind.choices, source="*", read_only=True, help_text="The value that the parameter kind takes."
    )
    name = LabelField(Engagement.Kind.choices)


class ActivityStatusSerializer(PartSerializer):
    """How far an engagement is."""

    code = serializers.ChoiceField(
        Engagement.ActivityStatus.choices,
        source="*",
        read_only=True,
        help_text="Code of IATI's code list ActivityStatus (2.03): the value that the parameter status takes.",
    )
    name = LabelField(Engagement.ActivityStatus.choices)


class RoleSerializer(PartSerializer):
    """What somebody did in an engagement."""

    code = serializers.ChoiceField(
        EngagementStaff.Role.choices, source="*", read_only=True, help_text="Code of the role."
    )
    name = LabelField(EngagementStaff.Role.choices)


class ProgrammeKindSerializer(PartSerializer):
    """The kind of a programme."""

    code = serializers.ChoiceField(
        Programme.Kind.choices, source="*", read_only=True, help_text="The value that the parameter kind takes."
    )
    name = LabelField(Programme.Kind.choices)


class OrganisationKindSerializer(PartSerializer):
    """The kind of an organisation."""

    code = serializers.ChoiceField(
        Organisation.Kind.choices, source="*", read_only=True, help_text="The value that the parameter kind takes."
    )
    name = LabelField(Organisation.Kind.choices)


class LanguageSerializer(PartSerializer):
    """A language."""

    code = serializers.CharField(
        source="pk",
        read_only=True,
        help_text="ISO 639-1 code, or ISO 639-3 where there is none: the value that the parameter language takes.",
    )
    name = serializers.CharField(read_only=True, help_text="Name of it, in the language of the answer.")

    def parts(self) -> QuerySet:
        return Language.objects.order_by(in_language("name"), "pk")


class DeliveryModeSerializer(PartSerializer):
    """How a programme is given."""

    code = serializers.CharField(source="pk", read_only=True, help_text="Code of the delivery mode.")
    name = serializers.CharField(read_only=True, help_text="Name of it, in the language of the answer.")

    def parts(self) -> QuerySet:
        return DeliveryMode.objects.order_by(in_language("name"), "pk")


class GoalSerializer(PartSerializer):
    """A Sustainable Development Goal of the 2030 Agenda."""

    number = serializers.IntegerField(
        source="pk", read_only=True, min_value=1, max_value=17, help_text="Number of the goal, 1 to 17."
    )
    name = serializers.CharField(read_only=True, help_text="Name of it, in the language of the answer.")

    def parts(self) -> QuerySet:
        return SustainableDevelopmentGoal.objects.order_by("pk")


# Dates


class DateTextField(serializers.CharField):
    """A (date, precision) pair as text."""

    def to_representation(self, value) -> str:
        return dates.to_text(*value)


class DatePrecisionField(serializers.ChoiceField):
    def to_representation(self, value) -> str:
        return str(value[1])


class DateSerializer(PartSerializer):
    """A date as exactly as it is known. Of the prefix “start” the record has `start_date` and `start_precision`."""

    value = DateTextField(
        source="*",
        read_only=True,
        help_text="The date by ISO 8601, as exactly as it is known: 2018, 2018-03 or 2018-03-05.",
    )
    precision = DatePrecisionField(
        Precision.choices, source="*", read_only=True, help_text="How exactly it is known: to the year, month or day."
    )

    def __init__(self, prefix: str, **kwargs):
        super().__init__(source="*", **kwargs)
        self.prefix = prefix

    def to_representation(self, value):
        day, precision = getattr(value, f"{self.prefix}_date"), getattr(value, f"{self.prefix}_precision")
        return None if day is None else super().to_representation((day, precision))
